using System.Text.Json;

namespace SagaOrchestrator.Tests.GraphQl;

/// <summary>Compares what GraphQL and REST answer, member by member. What REST leaves out is null in GraphQL.</summary>
internal static class SameAsRest
{
    public static void ShouldBeAsInRest(this JsonElement graphQl, JsonElement rest) => Differences(graphQl, rest, "$").ShouldBeEmpty();

    private static IEnumerable<string> Differences(JsonElement graphQl, JsonElement rest, string path)
    {
        if (graphQl.ValueKind == JsonValueKind.Object && rest.ValueKind == JsonValueKind.Object)
        {
            return graphQl
                .EnumerateObject()
                .Concat(rest.EnumerateObject())
                .Select(member => member.Name)
                .Distinct(StringComparer.Ordinal)
                .SelectMany(name => Differences(Member(graphQl, name), Member(rest, name), $"{path}.{name}"));
        }

        if (graphQl.ValueKind == JsonValueKind.Array && rest.ValueKind == JsonValueKind.Array)
        {
            return graphQl.GetArrayLength() != rest.GetArrayLength()
                ? [$"{path}: {graphQl.GetArrayLength()} items, in REST {rest.GetArrayLength()}"]
                : graphQl
                    .EnumerateArray()
                    .Zip(rest.EnumerateArray())
                    .SelectMany((pair, at) => Differences(pair.First, pair.Second, $"{path}[{at}]"));
        }

        return Text(graphQl) == Text(rest) ? [] : [$"{path}: {Text(graphQl)}, in REST {Text(rest)}"];
    }

    private static JsonElement Member(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : default;

    // A string is compared by what it says, a number by how it is written.
    private static string? Text(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.String => "\"" + json.GetString() + "\"",
            _ => json.GetRawText(),
        };
}
