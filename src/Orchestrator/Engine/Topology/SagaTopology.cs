using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Topology;

namespace SagaOrchestrator.Engine.Topology;

/// <summary>What broker and database must have for the plans that are registered.</summary>
internal sealed class SagaTopology(OrchestratorNames names, PlanCatalogue plans, string role, string virtualHost)
{
    private readonly string[] participants =
    [
        .. plans
            .All.SelectMany(plan => plan.Definition.Steps)
            .Select(step => step.Participant)
            .Where(name => name.Length > 0)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The virtual host of the settings.</summary>
    public string VirtualHost => virtualHost;

    /// <summary>RabbitMQ's definitions.</summary>
    public string Definitions(TopologyOptions options) =>
        RabbitMqDefinitions.Of(
            new TopologyNames(options.VirtualHost, names.Queue, participants)
            {
                OtherOrchestrators = options.OtherOrchestrators,
                DevelopmentPasswords = options.DevelopmentPasswords,
            }
        );

    /// <summary>Postgres' roles.</summary>
    public string Roles(TopologyOptions options) => ServiceRoles.Script([role, .. participants], options.DevelopmentPasswords);
}

/// <summary>How the topology is written.</summary>
/// <param name="VirtualHost">The virtual host.</param>
/// <param name="OtherOrchestrators">The queues of further orchestrators that share participants with this one.</param>
/// <param name="DevelopmentPasswords">Whether users and roles get development passwords.</param>
internal sealed record TopologyOptions(string VirtualHost, IReadOnlyList<string> OtherOrchestrators, bool DevelopmentPasswords);
