using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>What a client does over REST.</summary>
internal static class SagaClient
{
    public static Task<HttpResponseMessage> Post(this HttpClient api, JsonNode order, string type = "order-fulfillment") =>
        api.PostAsync($"/api/v1/sagas/{type}", JsonContent.Create(order));

    public static async Task<Guid> StartSaga(this HttpClient api, JsonNode order, string type = "order-fulfillment")
    {
        var answer = await api.Post(order, type);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    public static async Task<JsonElement> GetSaga(this HttpClient api, Guid id) =>
        await api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}");

    /// <summary>Waits until a saga is in one of the given states, and returns its status.</summary>
    public static Task<JsonElement> WaitFor(this HttpClient api, Guid id, params string[] states) =>
        Eventually.Get(
            () => api.GetSaga(id),
            saga => states.Contains(saga.GetProperty("state").GetString()),
            $"saga {id} in state {string.Join(" or ", states)}"
        );

    public static async Task<JsonElement> Run(this HttpClient api, JsonNode order, params string[] states) =>
        await api.WaitFor(await api.StartSaga(order), states);

    /// <summary>What an operator does to a saga: retry, skip, resolve or cancel.</summary>
    public static async Task<(int Status, JsonElement Body)> Operate(this HttpClient api, Guid id, string verb, object body)
    {
        var answer = await api.PostAsJsonAsync($"/api/v1/sagas/{id}/{verb}", body);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Waits until a step waits for something.</summary>
    public static Task<JsonElement> WaitForStep(this HttpClient api, Guid id, string step, string waitsFor) =>
        Eventually.Get(
            () => api.GetSaga(id),
            saga => saga.Step(step).TryGetProperty("waitsFor", out var wait) && wait.GetString() == waitsFor,
            $"step {step} of saga {id} waits for {waitsFor}"
        );

    public static async Task<IReadOnlyList<string>> HistoryTypes(this HttpClient api, Guid id) =>
        [.. (await api.History(id)).Select(entry => entry.GetProperty("type").GetString()!)];

    public static async Task<IReadOnlyList<JsonElement>> History(this HttpClient api, Guid id) =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}/history")).GetProperty("items").EnumerateArray()];

    public static IEnumerable<string> Strings(this JsonElement array) => array.EnumerateArray().Select(item => item.GetString()!);

    public static JsonElement Step(this JsonElement saga, string name) =>
        saga.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("name").GetString() == name);
}
