using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Topology;

namespace SagaOrchestrator.Engine.Topology;

/// <summary>What broker and database must have for the plans that are registered.</summary>
internal sealed class SagaTopology(OrchestratorNames names, PlanCatalogue plans, string role, string virtualHost)
{
    // Users of the broker, roles and schemas that are nobody's.
    private static readonly string[] Taken =
    [
        "admin",
        "client",
        "listener",
        "guest",
        "postgres",
        "public",
        "information_schema",
        Queues.Unrouted,
    ];

    /// <summary>The virtual host of the settings.</summary>
    public string VirtualHost => virtualHost;

    /// <summary>The orchestrator's queue.</summary>
    public string Queue => names.Queue;

    /// <summary>Refuses what cannot be a participant's name.</summary>
    /// <exception cref="InvalidOperationException">It is none; the message says what is.</exception>
    public void CheckNew(string name)
    {
        QueueName.Check(name, "a participant's name");
        SqlName.Check(name, "a participant's name, which is also its schema and its role");
        if (
            Taken.Contains(name)
            || name == names.Queue
            || name == names.Schema
            || name == role
            || name.StartsWith("pg_", StringComparison.Ordinal)
        )
        {
            throw new InvalidOperationException($"'{name}' is taken on broker or database. Give the participant another name.");
        }
    }

    /// <summary>RabbitMQ's definitions.</summary>
    /// <param name="options">How they are written.</param>
    /// <param name="more">Participants that no plan names.</param>
    public string Definitions(TopologyOptions options, IReadOnlyList<string>? more = null) =>
        RabbitMqDefinitions.Of(
            new TopologyNames(options.VirtualHost, names.Queue, [.. plans.Participants.Union(more ?? [], StringComparer.Ordinal)])
            {
                OtherOrchestrators = options.OtherOrchestrators,
                DevelopmentPasswords = options.DevelopmentPasswords,
            }
        );

    /// <summary>Postgres' roles.</summary>
    public string Roles(TopologyOptions options) => ServiceRoles.Script([role, .. plans.Participants], options.DevelopmentPasswords);
}

/// <summary>How the topology is written.</summary>
/// <param name="VirtualHost">The virtual host.</param>
/// <param name="OtherOrchestrators">The queues of further orchestrators that share participants with this one.</param>
/// <param name="DevelopmentPasswords">Whether users and roles get development passwords.</param>
internal sealed record TopologyOptions(string VirtualHost, IReadOnlyList<string> OtherOrchestrators, bool DevelopmentPasswords);
