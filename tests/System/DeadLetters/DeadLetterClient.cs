using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>What an operator does with dead letters over REST.</summary>
internal static class DeadLetterClient
{
    public const string Path = "/api/v1/dead-letters";

    public static async Task<IReadOnlyList<JsonElement>> Letters(this HttpClient api, string query = "") =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"{Path}?{query}")).GetProperty("items").EnumerateArray()];

    /// <summary>Waits until so many are listed.</summary>
    public static Task<IReadOnlyList<JsonElement>> WaitForLetters(this HttpClient api, int count, string query = "") =>
        Eventually.Get(() => api.Letters(query), found => found.Count == count, $"{count} dead letters are listed");

    public static Task<JsonElement> Letter(this HttpClient api, Guid id) => api.GetFromJsonAsync<JsonElement>($"{Path}/{id}");

    public static async Task<(int Status, JsonElement Body)> ActOn(this HttpClient api, Guid id, string verb, string? body = null)
    {
        var request = new JsonObject { ["by"] = "ann", ["reason"] = "It is mended." };
        if (body is not null)
        {
            request["body"] = body;
        }

        var answer = await api.PostAsync($"{Path}/{id}/{verb}", JsonContent.Create<JsonNode>(request));
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    public static async Task<IReadOnlyList<string>> Outcomes(this HttpClient api, Guid id) =>
        [.. (await api.Letter(id)).GetProperty("asked").EnumerateArray().Select(action => action.Text("outcome"))];

    public static Guid Id(this JsonElement letter) => letter.GetProperty("id").GetGuid();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>Sends what no service can read, one after another, and waits until all are dead letters in this order.</summary>
    public static async Task<IReadOnlyList<Guid>> Spoil(this RunningSystem system, string queue, params string[] payloads)
    {
        var ids = new List<Guid>();
        foreach (var payload in payloads)
        {
            await system.Sandbox.Publish(queue, payload);
            ids.Add((await system.Api.WaitForLetters(ids.Count + 1, $"queue={queue}"))[0].Id());
        }

        return ids;
    }
}
