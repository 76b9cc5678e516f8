using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>What a client does over REST.</summary>
internal static class SagaClient
{
    public static Task<HttpResponseMessage> Post(this HttpClient api, JsonNode order, string type = "order-fulfillment") =>
        api.PostAsync($"/api/v1/sagas/{type}", JsonContent.Create(order));

    public static async Task<Guid> StartSaga(this HttpClient api, JsonNode order)
    {
        var answer = await api.Post(order);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    public static async Task<JsonElement> GetSaga(this HttpClient api, Guid id) =>
        await api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}");

    /// <summary>Waits until a saga is in one of the given states, and returns its status.</summary>
    public static Task<JsonElement> WaitFor(this HttpClient api, Guid id, params string[] states) => Eventually.Get(
        () => api.GetSaga(id), saga => states.Contains(saga.GetProperty("state").GetString()), $"saga {id} in state {string.Join(" or ", states)}");

    public static async Task<JsonElement> Run(this HttpClient api, JsonNode order, params string[] states) =>
        await api.WaitFor(await api.StartSaga(order), states);

    public static async Task<IReadOnlyList<JsonElement>> History(this HttpClient api, Guid id) =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}/history")).GetProperty("items").EnumerateArray()];

    public static IEnumerable<string> Strings(this JsonElement array) => array.EnumerateArray().Select(item => item.GetString()!);

    public static JsonElement Step(this JsonElement saga, string name) =>
        saga.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("name").GetString() == name);
}
