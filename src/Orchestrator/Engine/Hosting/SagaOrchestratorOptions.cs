using SagaOrchestrator.Engine.Audit;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Deciding;
using SagaOrchestrator.Engine.Machine;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Retention;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Topology;
using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator;

/// <summary>
/// What an orchestrator is made of: <see cref="UsePostgres"/> and <see cref="UseRabbitMq"/>, or <see cref="UseInMemory"/> for a first look.
/// </summary>
public sealed class SagaOrchestratorOptions
{
    // Queues' names are lower case; settings from the environment often are not.
    private readonly Dictionary<string, ParticipantOptions> participants = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The orchestrator's queue, which takes replies, starts, signals and timers. Give it one of its own where two share a virtual host.
    /// Plans of both may name the same participants; their saga types must differ.
    /// </summary>
    public string Queue { get; set; } = OrchestratorNames.Default.Queue;

    /// <summary>How much of what a message, a start or a saga may hold.</summary>
    public IntakeLimits Limits { get; set; } = IntakeLimits.Default;

    /// <summary>When a participant counts as away, and when as back.</summary>
    public BreakerOptions Breakers { get; set; } = new();

    /// <summary>How many compensations a participant has in flight.</summary>
    public CompensationOptions Compensation { get; set; } = new();

    /// <summary>Whose replies count.</summary>
    public OriginOptions Origin { get; set; } = new();

    /// <summary>How long rows are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>How webhooks are delivered, and whereto.</summary>
    public WebhookOptions Webhooks { get; set; } = new();

    /// <summary>The folder whose plan documents are added at start-up; null for none.</summary>
    public string? PlansFolder { get; set; }

    /// <summary>
    /// The keys for what plans mark as sensitive. A plan with marks needs them, but in memory, where everything stays plain without.
    /// </summary>
    public ISensitiveKeys? SensitiveKeys { get; set; }

    /// <summary>How much the auditor looks at, and how often.</summary>
    public AuditOptions Audit { get; set; } = new();

    /// <summary>Says how one participant is dealt with.</summary>
    /// <param name="name">Its queue, as plans name it.</param>
    /// <param name="configure">Says it, for example <c>payments => payments.Format = MessageFormat.Json</c>.</param>
    public SagaOrchestratorOptions Participant(string name, Action<ParticipantOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(participants.TryGetValue(name, out var known) ? known : participants[name] = new ParticipantOptions());
        return this;
    }

    internal DatabaseConnection? FenceConnectionString { get; private set; }

    internal DatabaseConnection? ConnectionString { get; private set; }

    internal string? MigratorConnectionString { get; private set; }

    internal DatabaseConnection? ReadConnectionString { get; private set; }

    /// <summary>What the host lacks to be run, because only the migrator's connection string is given; null for nothing.</summary>
    internal string? Missing { get; private set; }

    internal string Role { get; private set; } = "orchestrator";

    internal string Schema { get; private set; } = OrchestratorNames.Default.Schema;

    internal OrchestratorNames Names => new(Queue, Schema);

    internal BusConnection? Broker { get; private set; }

    internal bool IsInMemory { get; private set; }

    /// <summary>Keeps sagas, history, timers, inbox and outbox in one schema of a Postgres database.</summary>
    /// <param name="connectionString">Connects as the orchestrator's own role, which needs no right to change tables.</param>
    /// <param name="migratorConnectionString">
    /// Connects as a role that may change tables. The scripts are applied at start-up when it is given; else the tables must be there.
    /// </param>
    /// <param name="role">The orchestrator's own role, which the scripts grant the use of the tables.</param>
    /// <param name="schema">The schema. Give it one of its own where two orchestrators share a database.</param>
    /// <param name="readConnectionString">Where lists and searches are read, for example from a replica; by itself the same
    /// database.</param>
    public SagaOrchestratorOptions UsePostgres(
        string connectionString,
        string? migratorConnectionString = null,
        string role = "orchestrator",
        string schema = "orchestrator",
        string? readConnectionString = null
    )
    {
        (ConnectionString, MigratorConnectionString, Role, Schema) = (connectionString, migratorConnectionString, role, schema);
        (ReadConnectionString, Missing) = (readConnectionString, null);
        return this;
    }

    /// <summary>Reads replies, starts and signals from <see cref="Queue"/>, and sends commands over the same broker.</summary>
    /// <param name="broker">Where it is, and as which user.</param>
    public SagaOrchestratorOptions UseRabbitMq(BusConnection broker)
    {
        ArgumentNullException.ThrowIfNull(broker);
        Broker = broker;
        return this;
    }

    /// <summary>Keeps everything in this process, with an in-memory bus. Nothing survives it.</summary>
    public SagaOrchestratorOptions UseInMemory()
    {
        IsInMemory = true;
        return this;
    }

    /// <summary>
    /// Reads the sections <c>Orchestrator</c>, <c>Limits</c>, <c>Breakers</c>, <c>Compensation</c>, <c>Origin</c>, <c>Retention</c>,
    /// <c>Sensitive</c>, <c>Webhooks</c>, <c>Audit</c>, <c>Participants</c>, <c>Plans</c> and <c>RabbitMq</c>, and the connection strings
    /// <c>Orchestrator</c>, <c>Migrator</c>, <c>Reads</c> and <c>Fences</c>. What is set after this wins. With the migrator's alone,
    /// the host's verb <c>migrate</c> works and nothing else.
    /// </summary>
    /// <param name="configuration">The host's settings.</param>
    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message names its key and a right value.</exception>
    public SagaOrchestratorOptions ReadServersFrom(IConfiguration configuration)
    {
        var names = configuration.Read<NameSettings>("Orchestrator");
        var migrator = ConnectionStrings.Optional(configuration, "Migrator");
        // Where only the schema is applied, the migrator's is enough.
        var own = migrator is null
            ? ConnectionStrings.Required(configuration, "Orchestrator")
            : ConnectionStrings.Optional(configuration, "Orchestrator");
        ReadFrom(configuration)
            .UsePostgres(own ?? SchemaMigration.Nowhere, migrator, names.Role, names.Schema)
            .UseRabbitMq(BusConnection.Read(configuration, "RabbitMq"));
        (ConnectionString, ReadConnectionString) = (
            DatabaseConnection.Read(configuration, "Orchestrator") ?? ConnectionString,
            DatabaseConnection.Read(configuration, "Reads")
        );
        FenceConnectionString = DatabaseConnection.Read(configuration, "Fences");
        Missing = own is null ? ConnectionStrings.Missing("Orchestrator") : null;
        return this;
    }

    /// <summary>The same without servers.</summary>
    /// <param name="configuration">The host's settings.</param>
    /// <exception cref="InvalidOperationException">A setting is wrong; the message names its key and a right value.</exception>
    public SagaOrchestratorOptions ReadFrom(IConfiguration configuration)
    {
        Queue = configuration.Read<NameSettings>("Orchestrator").Queue;
        Limits = configuration.Read<IntakeLimits>("Limits");
        Breakers = configuration.Read<BreakerOptions>("Breakers");
        Compensation = configuration.Read<CompensationOptions>("Compensation");
        Origin = configuration.Read<OriginOptions>("Origin");
        Retention = configuration.ReadShared<RetentionOptions>("Retention");
        Webhooks = configuration.Read<WebhookOptions>("Webhooks");
        Audit = configuration.Read<AuditOptions>("Audit");
        PlansFolder = configuration.Read<PlanSettings>("Plans").Folder;
        SensitiveKeys = SensitiveSettings.Read(configuration);
        foreach (var (name, read) in ParticipantOptions.Read(configuration))
        {
            Participant(name, participant => participant.Format = read.Format);
        }

        return this;
    }

    /// <summary>In which format each is spoken to. Plans that name one may come while the node runs.</summary>
    internal ParticipantFormats Formats() =>
        new(
            participants
                .Where(participant => participant.Value.Format != MessageFormat.Envelope)
                .ToDictionary(participant => participant.Key, participant => participant.Value.Format, StringComparer.OrdinalIgnoreCase)
        );

    internal void CheckNames()
    {
        QueueName.Check(Queue, "SagaOrchestratorOptions.Queue (setting Orchestrator:Queue)");
        SqlName.Check(Schema, "the schema in UsePostgres(...) (setting Orchestrator:Schema)");
    }

    internal void CheckServers()
    {
        if (IsInMemory && (ConnectionString is not null || Broker is not null))
        {
            throw new InvalidOperationException(
                "The orchestrator is told UseInMemory() and a server. Leave one of them out in AddSagaOrchestrator(...)."
            );
        }

        if (!IsInMemory && ConnectionString is null)
        {
            throw new InvalidOperationException(
                "The orchestrator has no database. Call UsePostgres(...), or UseInMemory() for a first look, in AddSagaOrchestrator(...)."
            );
        }

        if (!IsInMemory && Broker is null)
        {
            throw new InvalidOperationException("The orchestrator has no broker. Call UseRabbitMq(...) in AddSagaOrchestrator(...).");
        }
    }
}
