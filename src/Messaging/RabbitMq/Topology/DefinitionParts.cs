using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.RabbitMq.Topology;

/// <summary>The parts of which a definitions file is made.</summary>
internal sealed class DefinitionParts(string virtualHost, bool developmentPasswords)
{
    public const string Nothing = "^$";
    private const int MostLooks = 1_000_000;
    private const string Admin = "admin";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file: the virtual host, the administrator, and what is given.</summary>
    public string Write(
        IEnumerable<string> users,
        IEnumerable<JsonObject> permissions,
        IEnumerable<string> exchanges,
        IEnumerable<string> queues,
        IEnumerable<JsonObject> bindings,
        IEnumerable<JsonObject> policies
    )
    {
        var sections = new Dictionary<string, IEnumerable<JsonObject>>
        {
            ["vhosts"] = [new() { ["name"] = virtualHost }],
            ["users"] = users.Prepend(Admin).Select(User),
            ["permissions"] = permissions.Prepend(Permission(Admin, ".*", ".*", ".*")),
            ["exchanges"] = exchanges.Select(Exchange),
            ["queues"] = queues.Select(Queue),
            ["bindings"] = bindings,
            ["policies"] = policies,
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

    /// <summary>What no queue took goes on to <see cref="Queues.Unrouted"/>.</summary>
    public JsonObject UnroutedOf(string name, string exchanges) =>
        Policy(name, exchanges, "exchanges", new JsonObject { ["alternate-exchange"] = Queues.ExchangeOf(Queues.Unrouted) });

    /// <summary>
    /// Whoever looks for a letter is given those before it too, which counts as a delivery of each. A broker with a limit of its own would
    /// drop them.
    /// </summary>
    public JsonObject LooksAt(string name, string queues) =>
        Policy(name, queues, "queues", new JsonObject { ["delivery-limit"] = MostLooks });

    /// <summary>How often a service's queue delivers a message, and where it goes then.</summary>
    public JsonObject LimitsOf(string service) =>
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
        );

    public JsonObject Permission(string user, string configure, string write, string read) =>
        new()
        {
            ["user"] = user,
            ["vhost"] = virtualHost,
            ["configure"] = configure,
            ["write"] = write,
            ["read"] = read,
        };

    public JsonObject Binding(string source, string destination, string type) =>
        new()
        {
            ["source"] = source,
            ["vhost"] = virtualHost,
            ["destination"] = destination,
            ["destination_type"] = type,
            ["routing_key"] = string.Empty,
            ["arguments"] = new JsonObject(),
        };

    /// <summary>A name in a pattern. Of what a queue's name may hold, only the dot means something there.</summary>
    public static string Escaped(string name) => name.Replace(".", @"\.", StringComparison.Ordinal);

    /// <summary>The exchange in front of a queue, in a pattern.</summary>
    public static string InFrontOf(string queue) => Escaped(Queues.ExchangeOf(queue));

    /// <summary>The queues that something is sent to. The others get what the broker moves, or copies.</summary>
    public static IEnumerable<string> Sent(IEnumerable<string> services) =>
        services.SelectMany(service => new[] { service, Queues.DeadLetterOf(service) }).Append(Queues.Unrouted);

    private JsonObject User(string user)
    {
        var tags = user == Admin ? "administrator" : string.Empty;
        return developmentPasswords
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
    }

    private JsonObject Exchange(string name) =>
        new()
        {
            ["name"] = name,
            ["vhost"] = virtualHost,
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
            ["vhost"] = virtualHost,
            ["durable"] = true,
            ["auto_delete"] = false,
            ["arguments"] = new JsonObject { ["x-queue-type"] = "quorum" },
        };

    private JsonObject Policy(string name, string pattern, string applyTo, JsonObject definition) =>
        new()
        {
            ["vhost"] = virtualHost,
            ["name"] = name,
            ["pattern"] = pattern,
            ["apply-to"] = applyTo,
            ["priority"] = 0,
            ["definition"] = definition,
        };
}
