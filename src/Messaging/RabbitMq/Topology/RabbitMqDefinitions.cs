using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.RabbitMq.Topology;

/// <summary>Writes what a broker must have, as a definitions file that RabbitMQ imports.</summary>
public sealed class RabbitMqDefinitions
{
    private const string Client = "client";
    private const string Listener = "listener";
    private const string Events = @"SagaOrchestrator\.Messages:.*";

    // The exchange of the first of each gets what is published to those of the others.
    private static readonly string[][] EventExchanges =
    [
        ExchangesOf(typeof(SagaEvent), typeof(SagaCompleted), typeof(SagaFailed), typeof(SagaParked)),
        ExchangesOf(typeof(AlarmEvent), typeof(AlarmRaised), typeof(AlarmEscalated), typeof(AlarmCleared)),
    ];

    private readonly TopologyNames names;
    private readonly string[] services;
    private readonly DefinitionParts parts;

    private RabbitMqDefinitions(TopologyNames names)
    {
        (this.names, services) = (names, [names.Orchestrator, .. names.Participants]);
        parts = new DefinitionParts(names.VirtualHost, names.DevelopmentPasswords);
    }

    /// <summary>Everything that one orchestrator and its participants need, and one user for each of them.</summary>
    public static string Of(TopologyNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new RabbitMqDefinitions(names).Write();
    }

    /// <summary>Everything that services without an orchestrator need, and one user for each of them and for their clients.</summary>
    public static string Of(EventTopology topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        return new EventDefinitions(topology).Write();
    }

    private static string[] ExchangesOf(params Type[] types) => [.. types.Select(type => $"{type.Namespace}:{type.Name}")];

    private string Write() =>
        parts.Write(
            [.. services, Client, Listener],
            Permissions(),
            DefinitionParts.Sent(services).Select(Queues.ExchangeOf).Concat(EventExchanges.SelectMany(names => names)),
            services
                .SelectMany(service => new[] { service, Queues.DeadLetterOf(service), Queues.IncomingDeadLetterOf(service) })
                .Append(Queues.DeadLetterIndexOf(names.Orchestrator))
                .Append(Queues.Unrouted),
            Bindings(),
            Policies()
        );

    // Who may configure a queue may delete it, so nobody but the administrator may: a service finds its topology, and locks apart makes
    // nothing. Who may write to an exchange may send to it, and bind it to what he may read: so nobody writes to an exchange of ours who
    // reads one, and a client that wants to hear of ends is another user.
    private IEnumerable<JsonObject> Permissions()
    {
        var (own, others) = (Escaped(names.Orchestrator), string.Join('|', names.Participants.Select(Escaped)));
        var locks = $@"({string.Join('|', services.Select(Escaped))})\.dead-letter-lock";
        var letters = others.Length == 0 ? string.Empty : $@"|({others})\.dead-letter";
        var commands = string.Concat(names.Participants.Select(participant => DefinitionParts.InFrontOf(participant) + "|"));
        yield return parts.Permission(
            names.Orchestrator,
            $"^{locks}$",
            $@"^({DefinitionParts.InFrontOf(names.Orchestrator)}(\.dead-letter)?|{commands}{Events})$",
            $@"^({own}(\.dead-letter(\.incoming|-index)?)?{letters})$"
        );
        var answered = string.Join('|', names.AllOrchestrators.Select(DefinitionParts.InFrontOf));
        foreach (var participant in names.Participants)
        {
            var queue = Escaped(participant);
            yield return parts.Permission(
                participant,
                DefinitionParts.Nothing,
                $@"^({DefinitionParts.InFrontOf(participant)}(\.dead-letter)?|{answered})$",
                $@"^{queue}(\.dead-letter(\.incoming)?)?$"
            );
        }

        yield return parts.Permission(Client, DefinitionParts.Nothing, $"^({answered})$", DefinitionParts.Nothing);
        yield return parts.Permission(Listener, @"^listener\..*$", @"^listener\..*$", $@"^(listener\..*|{Events})$");
    }

    private IEnumerable<JsonObject> Bindings() =>
        DefinitionParts
            .Sent(services)
            .Select(queue => parts.Binding(Queues.ExchangeOf(queue), queue, "queue"))
            .Concat(
                services.Select(service =>
                    parts.Binding(Queues.ExchangeOf(Queues.DeadLetterOf(service)), Queues.DeadLetterIndexOf(names.Orchestrator), "queue")
                )
            )
            .Concat(EventExchanges.SelectMany(names => names.Skip(1).Select(name => parts.Binding(name, names[0], "exchange"))));

    private IEnumerable<JsonObject> Policies() =>
        new[]
        {
            parts.UnroutedOf(
                $"{names.Orchestrator}-unrouted",
                $@"^({string.Join('|', services.Select(DefinitionParts.InFrontOf))})(\.dead-letter)?$"
            ),
            parts.LooksAt(
                $"{names.Orchestrator}-dead-letters",
                $@"^(({string.Join('|', services.Select(Escaped))})\.dead-letter(\.incoming)?"
                    + $@"|{Escaped(names.Orchestrator)}\.dead-letter-index)$"
            ),
        }.Concat(services.Select(parts.LimitsOf));

    private static string Escaped(string name) => DefinitionParts.Escaped(name);
}
