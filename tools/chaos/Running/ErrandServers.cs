using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Nodes.Served.Errands;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Topology;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>What the servers must have: the product's own, and with errands what their participant needs too.</summary>
internal static class ErrandServers
{
    private const string Role = $"\ncreate role {ErrandPlan.Participant} login password '{ErrandPlan.Participant}-dev';\n";

    public static string RolesFile(ChaosOptions options)
    {
        var own = Path.Combine(options.Root, "infra/postgres/roles.sql");
        return options.HasErrands ? Written(options, "roles.sql", File.ReadAllText(own) + Role) : own;
    }

    public static string DefinitionsFile(ChaosOptions options) =>
        options.HasErrands
            ? Written(
                options,
                "definitions.json",
                RabbitMqDefinitions.Of(
                    new TopologyNames(BrokerCluster.VirtualHost, Queues.Orchestrator, [.. ProductNodes.Services, ErrandPlan.Participant])
                    {
                        DevelopmentPasswords = true,
                    }
                )
            )
            : Path.Combine(options.Root, "infra/rabbitmq/definitions.json");

    private static string Written(ChaosOptions options, string name, string text)
    {
        var path = Path.Combine(options.Data, name);
        File.WriteAllText(path, text);
        return path;
    }
}
