using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;

namespace SagaOrchestrator.Messaging.RabbitMq.Topology;

/// <summary>
/// Writes the definitions of services that react to one another's events. Each event has an exchange, each service a queue, and a binding
/// leads from the one to the other for each reader.
/// </summary>
internal sealed class EventDefinitions
{
    private readonly EventTopology topology;
    private readonly string[] services;
    private readonly DefinitionParts parts;

    public EventDefinitions(EventTopology topology)
    {
        (this.topology, services) = (topology, [.. topology.Services.Select(service => service.Name)]);
        parts = new DefinitionParts(topology.VirtualHost, topology.DevelopmentPasswords);
        Check();
    }

    public string Write() =>
        parts.Write(
            [.. services, topology.Client],
            Permissions(),
            [.. DefinitionParts.Sent(services).Select(Queues.ExchangeOf), .. Events()],
            [
                .. services.SelectMany(service => new[] { service, Queues.DeadLetterOf(service), Queues.IncomingDeadLetterOf(service) }),
                Queues.Unrouted,
            ],
            Bindings(),
            Policies()
        );

    // An event that nobody publishes never comes; one of two publishers can no longer be told from a forgery.
    private void Check()
    {
        foreach (var service in topology.Services)
        {
            QueueName.Check(service.Name, $"the name of a service in the virtual host '{topology.VirtualHost}'");
        }

        foreach (var read in topology.Services.SelectMany(service => service.Reads).Distinct())
        {
            var publishers = topology.Services.Where(service => service.Publishes.Contains(read)).Select(service => service.Name).ToArray();
            if (publishers.Length != 1)
            {
                throw new InvalidOperationException(
                    $"The event {read.Name} is published by {(publishers.Length == 0 ? "nobody" : string.Join(" and ", publishers))}. Name "
                        + "it among the Publishes of one service."
                );
            }
        }
    }

    private IEnumerable<string> Events() =>
        topology.Services.SelectMany(service => service.Publishes).Select(OutgoingEnvelope.ExchangeOf).Distinct(StringComparer.Ordinal);

    private IEnumerable<JsonObject> Permissions()
    {
        foreach (var service in topology.Services)
        {
            var (queue, events) = (
                DefinitionParts.Escaped(service.Name),
                string.Concat(service.Publishes.Select(type => "|" + DefinitionParts.Escaped(OutgoingEnvelope.ExchangeOf(type))))
            );
            yield return parts.Permission(
                service.Name,
                DefinitionParts.Nothing,
                $@"^({DefinitionParts.InFrontOf(service.Name)}(\.dead-letter)?{events})$",
                $@"^{queue}(\.dead-letter(\.incoming)?)?$"
            );
        }

        var open = topology.Services.Where(service => service.IsOpenToClients).Select(service => DefinitionParts.InFrontOf(service.Name));
        yield return parts.Permission(topology.Client, DefinitionParts.Nothing, $"^({string.Join('|', open)})$", DefinitionParts.Nothing);
    }

    private IEnumerable<JsonObject> Bindings() =>
        DefinitionParts
            .Sent(services)
            .Select(queue => parts.Binding(Queues.ExchangeOf(queue), queue, "queue"))
            .Concat(
                from service in topology.Services
                from read in service.Reads
                select parts.Binding(OutgoingEnvelope.ExchangeOf(read), service.Name, "queue")
            );

    private IEnumerable<JsonObject> Policies()
    {
        var all = string.Join('|', services.Select(DefinitionParts.Escaped));
        return
        [
            parts.UnroutedOf("unrouted", $@"^({string.Join('|', services.Select(DefinitionParts.InFrontOf))})(\.dead-letter)?$"),
            parts.LooksAt("dead-letters", $@"^({all})\.dead-letter(\.incoming)?$"),
            .. services.Select(parts.LimitsOf),
        ];
    }
}
