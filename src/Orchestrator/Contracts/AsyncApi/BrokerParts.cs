using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SagaOrchestrator.Messaging.RabbitMq.Topology;

namespace SagaOrchestrator.Contracts.AsyncApi;

/// <summary>What the broker has, read off the definitions that the verb <c>topology</c> writes.</summary>
internal sealed class BrokerParts(TopologyNames names)
{
    private readonly JsonNode definitions = JsonNode.Parse(RabbitMqDefinitions.Of(names))!;

    public string VirtualHost => names.VirtualHost;

    public IEnumerable<JsonNode> Queues => Section("queues");

    public IEnumerable<JsonNode> Exchanges => Section("exchanges");

    /// <summary>What an exchange hands its messages to.</summary>
    public JsonArray Targets(string exchange) =>
        [
            .. Section("bindings")
                .Where(binding => Text(binding, "source") == exchange)
                .Select(binding => (JsonNode)$"{Text(binding, "destination_type")} {Text(binding, "destination")}"),
        ];

    /// <summary>What policies add to a queue or an exchange.</summary>
    public JsonObject Policy(string name, string kind)
    {
        var merged = new JsonObject();
        foreach (
            var policy in Section("policies")
                .Where(policy => Text(policy, "apply-to") == kind)
                .Where(policy => Regex.IsMatch(name, Text(policy, "pattern"), RegexOptions.NonBacktracking))
        )
        {
            foreach (var (key, value) in policy["definition"]!.AsObject())
            {
                merged[key] = value?.DeepClone();
            }
        }

        return merged;
    }

    public static string Text(JsonNode part, string name) => part[name]!.GetValue<string>();

    private IEnumerable<JsonNode> Section(string name) => definitions[name]!.AsArray().Select(part => part!);
}
