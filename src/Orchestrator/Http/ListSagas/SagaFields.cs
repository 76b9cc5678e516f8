using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.ListSagas;

/// <summary>Leaves out of a list what was not asked for.</summary>
internal static class SagaFields
{
    /// <summary>What can be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [.. typeof(SagaItem).GetConstructors()[0].GetParameters().Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!))];

    public static JsonObject Only(SagaItem item, IReadOnlyCollection<string> fields)
    {
        var all = JsonSerializer.SerializeToNode(item, ApiJson.Options)!.AsObject();
        foreach (var name in all.Select(field => field.Key).Where(name => !fields.Contains(name)).ToList())
        {
            all.Remove(name);
        }

        return all;
    }
}
