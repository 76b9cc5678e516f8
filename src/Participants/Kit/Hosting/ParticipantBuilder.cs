using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Topology;
using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Sensitive;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Participants.Hosting;

/// <summary>What a participant is made of.</summary>
public sealed class ParticipantBuilder
{
    private readonly List<Action<ParticipantEndpoint, IServiceProvider>> steps = [];
    private readonly List<SchemaScript> scripts = [.. ParticipantEndpoint.Schema];

    internal ParticipantBuilder(string name, IServiceCollection services) => (Name, Schema, Role, Services) = (name, name, name, services);

    /// <summary>The participant's name, which is also its queue and, unless another is given, its schema.</summary>
    public string Name { get; }

    /// <summary>The container, for what the steps need.</summary>
    public IServiceCollection Services { get; }

    /// <summary>How much of what a message may hold.</summary>
    public IntakeLimits Limits { get; set; } = IntakeLimits.Default;

    /// <summary>How long rows are kept.</summary>
    public ParticipantRetention Retention { get; set; } = new();

    /// <summary>The ring of keys with which the keys of subjects are wrapped; null for none, and marked values read as empty.</summary>
    public ISensitiveKeys? SensitiveKeys { get; set; }

    /// <summary>Where the wrapped keys of subjects come from; needed with <see cref="SensitiveKeys"/>.</summary>
    public IWrappedKeys? SubjectKeys { get; set; }

    internal CommandOpener? Opener =>
        SensitiveKeys is null ? null
        : SubjectKeys is null
            ? throw new InvalidOperationException(
                $"Participant '{Name}' has keys for marked values, and does not know where those of subjects come from. Set "
                    + "Sensitive:Orchestrator to the address of the orchestrator's API, or SubjectKeys in "
                    + $"AddParticipant(\"{Name}\", ...)."
            )
        : new CommandOpener(SensitiveKeys, SubjectKeys, Limits, TimeProvider.System);

    internal string Schema { get; private set; }

    internal string Role { get; private set; }

    internal DatabaseConnection? ConnectionString { get; private set; }

    internal string? MigratorConnectionString { get; private set; }

    /// <summary>What the host lacks to be run, because only the migrator's connection string is given; null for nothing.</summary>
    internal string? Missing { get; private set; }

    internal BusConnection? Broker { get; private set; }

    internal bool IsInMemory { get; private set; }

    internal IReadOnlyList<SchemaScript> Scripts => scripts;

    internal SchemaMigration Migration => new(MigratorConnectionString, Schema, Role, scripts, Missing);

    /// <summary>Keeps effects, fence, inbox and outbox in one schema of a Postgres database.</summary>
    /// <param name="connectionString">Connects as the participant's own role, which needs no right to change tables.</param>
    /// <param name="migratorConnectionString">
    /// Connects as a role that may change tables. The scripts are applied at start-up when it is given; else the tables must be there.
    /// </param>
    /// <param name="schema">The schema; the participant's name when left out.</param>
    /// <param name="role">The participant's own role, which the scripts grant the use of the tables; the participant's name when left
    /// out.</param>
    public ParticipantBuilder UsePostgres(
        string connectionString,
        string? migratorConnectionString = null,
        string? schema = null,
        string? role = null
    )
    {
        (ConnectionString, MigratorConnectionString, Schema, Role) = (
            connectionString,
            migratorConnectionString,
            schema ?? Name,
            role ?? Name
        );
        Missing = null;
        return this;
    }

    /// <summary>Reads commands from the queue that has the participant's name, and answers over the same broker.</summary>
    /// <param name="broker">Where it is, and as which user.</param>
    public ParticipantBuilder UseRabbitMq(BusConnection broker)
    {
        Broker = broker;
        return this;
    }

    /// <summary>
    /// Keeps everything in this process, and reads commands from the host's bus in memory, which an orchestrator told
    /// <c>UseInMemory()</c> brings. Nothing survives it. A host may have several such participants, and a step's database is not there.
    /// </summary>
    public ParticipantBuilder UseInMemory()
    {
        IsInMemory = true;
        return this;
    }

    /// <summary>
    /// Reads the sections <c>Limits</c>, <c>Retention</c>, <c>Sensitive</c> and <c>RabbitMq</c>, and the connection strings that have
    /// the participant's name and <c>Migrator</c>. What <c>NAME:RabbitMq</c> says goes before <c>RabbitMq</c>. What is set after this wins.
    /// With the migrator's connection string alone, the host's verb <c>migrate</c> works and nothing else.
    /// </summary>
    /// <param name="configuration">The host's settings.</param>
    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message names its key and a right value.</exception>
    public ParticipantBuilder ReadServersFrom(IConfiguration configuration)
    {
        Limits = configuration.Read<IntakeLimits>("Limits");
        Retention = configuration.ReadShared<ParticipantRetention>("Retention");
        SensitiveKeys = SensitiveSettings.Read(configuration);
        SubjectKeys = OrchestratorKeys.Read(configuration);
        var migrator = ConnectionStrings.Optional(configuration, "Migrator");
        // Where only the schema is applied, the migrator's is enough.
        var own = migrator is null ? ConnectionStrings.Required(configuration, Name) : ConnectionStrings.Optional(configuration, Name);
        UsePostgres(own ?? SchemaMigration.Nowhere, migrator)
            .UseRabbitMq(BusConnection.Read(configuration, "RabbitMq", Name + ":RabbitMq"));
        ConnectionString = DatabaseConnection.Read(configuration, Name) ?? ConnectionString;
        Missing = own is null ? ConnectionStrings.Missing(Name) : null;
        return this;
    }

    /// <summary>
    /// Adds a step. Its handler comes from the container, in a scope of its own for each command, so it may use scoped services.
    /// </summary>
    /// <typeparam name="THandler">Derives from a handler such as <see cref="Steps.StepHandler{TDo, TUndo}"/>.</typeparam>
    public ParticipantBuilder AddStep<THandler>()
        where THandler : class
    {
        Services.TryAddScoped<THandler>();
        steps.Add((endpoint, provider) => endpoint.Add<THandler>(provider));
        return this;
    }

    /// <summary>Adds a step whose handler is made by <paramref name="create"/>, once for each command.</summary>
    /// <typeparam name="THandler">Derives from a handler such as <see cref="Steps.StepHandler{TDo, TUndo}"/>.</typeparam>
    /// <param name="create">Makes it.</param>
    public ParticipantBuilder AddStep<THandler>(Func<IServiceProvider, THandler> create)
        where THandler : class
    {
        Services.AddScoped(create);
        return AddStep<THandler>();
    }

    /// <summary>Adds steps whose handlers are made already, and are the same for each command.</summary>
    /// <param name="add">Adds them to the participant's endpoint.</param>
    public ParticipantBuilder AddSteps(Action<ParticipantEndpoint> add)
    {
        ArgumentNullException.ThrowIfNull(add);
        steps.Add((endpoint, _) => add(endpoint));
        return this;
    }

    /// <summary>
    /// Adds the participant's own tables: SQL scripts that are embedded in an assembly. Each is applied once, in the order of their names.
    /// <c>{schema}</c> in one stands for the schema.
    /// </summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="prefix">What the names of its resources begin with.</param>
    public ParticipantBuilder AddScripts(Assembly assembly, string prefix)
    {
        scripts.AddRange(SchemaScript.Embedded(assembly, prefix));
        return this;
    }

    internal void AddStepsTo(ParticipantEndpoint endpoint, IServiceProvider provider) => steps.ForEach(add => add(endpoint, provider));

    internal void CheckServers()
    {
        if (IsInMemory && (ConnectionString is not null || Broker is not null))
        {
            throw new InvalidOperationException(
                $"Participant '{Name}' is told UseInMemory() and a server. Leave one of them out in AddParticipant(\"{Name}\", ...)."
            );
        }

        if (IsInMemory)
        {
            return;
        }

        if (ConnectionString is null)
        {
            throw new InvalidOperationException(
                $"Participant '{Name}' has no database. Call UsePostgres(...) in AddParticipant(\"{Name}\", ...)."
            );
        }

        if (Broker is null)
        {
            throw new InvalidOperationException(
                $"Participant '{Name}' has no broker. Call UseRabbitMq(...) in AddParticipant(\"{Name}\", ...)."
            );
        }
    }

    internal void CheckNamesAndSteps()
    {
        QueueName.Check(Name, "a participant's name and queue");
        SqlName.Check(Schema, $"the schema of participant '{Name}', which UsePostgres(..., schema: ...) sets");
        if (steps.Count == 0)
        {
            throw new InvalidOperationException(
                $"Participant '{Name}' has no steps. Call AddStep<...>() in AddParticipant(\"{Name}\", ...)."
            );
        }
    }
}
