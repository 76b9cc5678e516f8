using System.Net.Http.Json;
using System.Text.Json;

namespace SagaOrchestrator.Fuzz.Running;

/// <summary>The routes that the API describes, so that a new one is fuzzed from its first day.</summary>
internal static class ApiRoutes
{
    public static async Task<IReadOnlyList<(string Method, string Path)>> Read(HttpClient http, CancellationToken cancellationToken)
    {
        var document = await http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", cancellationToken);
        return
        [
            .. document
                .GetProperty("paths")
                .EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(operation => (operation.Name.ToUpperInvariant(), path.Name))),
        ];
    }
}
