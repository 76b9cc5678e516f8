using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Webhooks;

/// <summary>What whoever registers webhooks does over REST.</summary>
internal static class WebhookClient
{
    public const string Path = "/api/v1/webhooks";

    /// <summary>Settings with which tests need not wait, and may have their receivers beside them.</summary>
    public static void Webhooks(this Dictionary<string, string> settings)
    {
        settings["Webhooks:AllowPrivateAddresses"] = "true";
        settings["Webhooks:AllowHttp"] = "true";
        settings["Webhooks:FirstPause"] = "00:00:00.200";
        settings["Webhooks:LongestPause"] = "00:00:01";
    }

    /// <summary>Registers one.</summary>
    /// <returns>Its id and its secret.</returns>
    public static async Task<(Guid Id, string Secret)> Hook(this HttpClient api, string url, JsonObject? more = null)
    {
        var (status, body) = await api.Change(Path, Body(url, more));
        status.ShouldBe(201, body.GetRawText());
        return (body.GetProperty("id").GetGuid(), body.GetProperty("secret").GetString()!);
    }

    public static JsonObject Body(string url, JsonObject? more = null)
    {
        var body = new JsonObject
        {
            ["url"] = url,
            ["by"] = "alice",
            ["reason"] = "The shop wants to know.",
        };
        foreach (var (name, value) in more ?? [])
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    public static async Task<(int Status, JsonElement Body)> Change(this HttpClient api, string path, JsonObject? body = null)
    {
        var answer = await api.PostAsync(path, JsonContent.Create(body ?? new JsonObject { ["by"] = "alice", ["reason"] = "To see." }));
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    public static Task<JsonElement> Webhook(this HttpClient api, Guid id) => api.GetFromJsonAsync<JsonElement>($"{Path}/{id}");

    public static async Task<IReadOnlyList<JsonElement>> Deliveries(this HttpClient api, Guid id, string query = "") =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"{Path}/{id}/deliveries{query}")).GetProperty("items").EnumerateArray()];

    /// <summary>Waits until a delivery is there, and in a state.</summary>
    public static Task<JsonElement> WaitForDelivery(this HttpClient api, Guid id, long number, string state) =>
        Eventually.Get(
            async () =>
            {
                var answer = await api.GetAsync($"{Path}/{id}/deliveries/{number}");
                return JsonElement.Parse(await answer.Content.ReadAsStringAsync());
            },
            delivery => delivery.TryGetProperty("state", out var known) && known.GetString() == state,
            $"delivery {number} is {state}"
        );
}
