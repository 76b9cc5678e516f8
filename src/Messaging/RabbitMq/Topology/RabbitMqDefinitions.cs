using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.RabbitMq.Topology;

/// <summary>Writes what a broker must have, as a definitions file that RabbitMQ imports.</summary>
public sealed class RabbitMqDefinitions
{
    private const int MostLooks = 1_000_000;
    private const string Admin = "admin";
    private const string Client = "client";
    private const string Nothing = "^$";
    private const string Events = @"SagaOrchestrator\.Messages:.*";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The exchange of the first of each gets what is published to those of the others.
    private static readonly string[][] EventExchanges =
    [
        ExchangesOf(typeof(SagaEvent), typeof(SagaCompleted), typeof(SagaFailed), typeof(SagaParked)),
        ExchangesOf(typeof(AlarmEvent), typeof(AlarmRaised), typeof(AlarmEscalated), typeof(AlarmCleared)),
    ];

    private readonly TopologyNames names;
    private readonly string[] services;

    private RabbitMqDefinitions(TopologyNames names) => (this.names, services) = (names, [names.Orchestrator, .. names.Participants]);

    /// <summary>Everything that one orchestrator and its participants need, and one user for each of them.</summary>
    public static string Of(TopologyNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new RabbitMqDefinitions(names).Write();
    }

    private static string[] ExchangesOf(params Type[] types) => [.. types.Select(type => $"{type.Namespace}:{type.Name}")];

    private string Write()
    {
        var sections = new Dictionary<string, IEnumerable<JsonObject>>
        {
            ["vhosts"] = [new() { ["name"] = names.VirtualHost }],
            ["users"] = Users(),
            ["permissions"] = Permissions(),
            ["exchanges"] = services
                .SelectMany(service => new[] { service, Queues.DeadLetterOf(service) })
                .Append(Queues.Unrouted)
                .Concat(EventExchanges.SelectMany(names => names))
                .Select(Exchange),
            ["queues"] = services
                .SelectMany(service => new[] { service, Queues.DeadLetterOf(service), Queues.IncomingDeadLetterOf(service) })
                .Append(Queues.DeadLetterIndexOf(names.Orchestrator))
                .Append(Queues.Unrouted)
                .Select(Queue),
            ["bindings"] = Bindings(),
            ["policies"] = Policies(),
        };
        return "{\n"
            + string.Join(
                ",\n",
                sections.Select(section =>
                    $"  \"{section.Key}\": [\n{string.Join(",\n", section.Value.Select(item => "    " + item.ToJsonString(Compact)))}\n  ]"
                )
            )
            + "\n}\n";
    }

    private IEnumerable<JsonObject> Users() =>
        services
            .Prepend(Admin)
            .Append(Client)
            .Select(user =>
            {
                var tags = user == Admin ? "administrator" : string.Empty;
                return names.DevelopmentPasswords
                    ? new JsonObject
                    {
                        ["name"] = user,
                        ["password"] = user + "-dev",
                        ["tags"] = tags,
                    }
                    : new JsonObject
                    {
                        ["name"] = user,
                        ["password_hash"] = string.Empty,
                        ["tags"] = tags,
                    };
            });

    // Who may configure a queue may delete it, so nobody but the administrator may: a service finds its topology, and locks apart makes
    // nothing. Who may write to an exchange may send to it.
    private IEnumerable<JsonObject> Permissions()
    {
        var (own, others) = (Escaped(names.Orchestrator), string.Join('|', names.Participants.Select(Escaped)));
        var locks = $@"({string.Join('|', services.Select(Escaped))})\.dead-letter-lock";
        var (commands, letters) = others.Length == 0 ? (string.Empty, string.Empty) : (others + "|", $@"|({others})\.dead-letter");
        yield return Permission(Admin, ".*", ".*", ".*");
        yield return Permission(
            names.Orchestrator,
            $"^{locks}$",
            $@"^({own}(\.dead-letter)?|{commands}{Events})$",
            $@"^({own}(\.dead-letter(\.incoming|-index)?)?{letters})$"
        );
        var answered = string.Join('|', names.AllOrchestrators.Select(Escaped));
        foreach (var participant in names.Participants)
        {
            var queue = Escaped(participant);
            yield return Permission(
                participant,
                Nothing,
                $@"^({queue}(\.dead-letter)?|{answered})$",
                $@"^{queue}(\.dead-letter(\.incoming)?)?$"
            );
        }

        yield return Permission(Client, @"^client\..*$", $@"^({answered}|client\..*)$", $@"^(client\..*|{Events})$");
    }

    private IEnumerable<JsonObject> Bindings() =>
        services
            .SelectMany(service => new[] { service, Queues.DeadLetterOf(service) })
            .Append(Queues.Unrouted)
            .Select(name => Binding(name, name, "queue"))
            .Concat(
                services.Select(service => Binding(Queues.DeadLetterOf(service), Queues.DeadLetterIndexOf(names.Orchestrator), "queue"))
            )
            .Concat(EventExchanges.SelectMany(names => names.Skip(1).Select(name => Binding(name, names[0], "exchange"))));

    private IEnumerable<JsonObject> Policies() =>
        new[]
        {
            Policy(
                $"{names.Orchestrator}-unrouted",
                $@"^({string.Join('|', services.Select(Escaped))})(\.dead-letter)?$",
                "exchanges",
                new JsonObject { ["alternate-exchange"] = Queues.Unrouted }
            ),
            // Whoever looks for a letter is given those before it too, which counts as a delivery of each. A broker with a limit of its own
            // would drop them.
            Policy(
                $"{names.Orchestrator}-dead-letters",
                $@"^(({string.Join('|', services.Select(Escaped))})\.dead-letter(\.incoming)?"
                    + $@"|{Escaped(names.Orchestrator)}\.dead-letter-index)$",
                "queues",
                new JsonObject { ["delivery-limit"] = MostLooks }
            ),
        }.Concat(
            services.Select(service =>
                Policy(
                    $"{service}-limits",
                    $"^{Escaped(service)}$",
                    "queues",
                    new JsonObject
                    {
                        ["delivery-limit"] = 20,
                        ["dead-letter-exchange"] = string.Empty,
                        ["dead-letter-routing-key"] = Queues.IncomingDeadLetterOf(service),
                        ["dead-letter-strategy"] = "at-least-once",
                        ["overflow"] = "reject-publish",
                    }
                )
            )
        );

    private JsonObject Permission(string user, string configure, string write, string read) =>
        new()
        {
            ["user"] = user,
            ["vhost"] = names.VirtualHost,
            ["configure"] = configure,
            ["write"] = write,
            ["read"] = read,
        };

    private JsonObject Exchange(string name) =>
        new()
        {
            ["name"] = name,
            ["vhost"] = names.VirtualHost,
            ["type"] = "fanout",
            ["durable"] = true,
            ["auto_delete"] = false,
            ["internal"] = false,
            ["arguments"] = new JsonObject(),
        };

    private JsonObject Queue(string name) =>
        new()
        {
            ["name"] = name,
            ["vhost"] = names.VirtualHost,
            ["durable"] = true,
            ["auto_delete"] = false,
            ["arguments"] = new JsonObject { ["x-queue-type"] = "quorum" },
        };

    private JsonObject Binding(string source, string destination, string type) =>
        new()
        {
            ["source"] = source,
            ["vhost"] = names.VirtualHost,
            ["destination"] = destination,
            ["destination_type"] = type,
            ["routing_key"] = string.Empty,
            ["arguments"] = new JsonObject(),
        };

    private JsonObject Policy(string name, string pattern, string applyTo, JsonObject definition) =>
        new()
        {
            ["vhost"] = names.VirtualHost,
            ["name"] = name,
            ["pattern"] = pattern,
            ["apply-to"] = applyTo,
            ["priority"] = 0,
            ["definition"] = definition,
        };

    // Of what a queue's name may hold, only the dot means something in a pattern.
    private static string Escaped(string name) => name.Replace(".", @"\.", StringComparison.Ordinal);
}
