using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Bulk;

/// <summary>What an operator does with bulk jobs over REST.</summary>
internal static class BulkClient
{
    public static Task<HttpResponseMessage> PostJob(this HttpClient api, object job) => api.PostAsJsonAsync("/api/v1/bulk-jobs", job);

    public static async Task<JsonElement> Look(this HttpClient api, object job)
    {
        var answer = await api.PostJob(job);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<Guid> BeginJob(this HttpClient api, object job)
    {
        var answer = await api.PostJob(job);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        answer.Headers.Location!.ToString().ShouldBe($"/api/v1/bulk-jobs/{id}");
        return id;
    }

    public static Task<JsonElement> GetJob(this HttpClient api, Guid id) => api.GetFromJsonAsync<JsonElement>($"/api/v1/bulk-jobs/{id}");

    public static Task<JsonElement> WaitForJob(this HttpClient api, Guid id, string state) =>
        Eventually.Get(() => api.GetJob(id), job => job.GetProperty("state").GetString() == state, $"bulk job {id} is {state}");

    public static Task<JsonElement> WaitForProgress(this HttpClient api, Guid id, string what, int number) =>
        Eventually.Get(
            () => api.GetJob(id),
            job => job.GetProperty("progress").GetProperty(what).GetInt32() == number,
            $"bulk job {id} has {number} {what}"
        );

    public static async Task<IReadOnlyList<JsonElement>> JobItems(this HttpClient api, Guid id, string query = "") =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/bulk-jobs/{id}/items{query}")).GetProperty("items").EnumerateArray()];

    public static async Task<(int Status, JsonElement Body)> ChangeJob(this HttpClient api, Guid id, string verb)
    {
        var answer = await api.PostAsJsonAsync($"/api/v1/bulk-jobs/{id}/{verb}", new { by = "alice", reason = "Look first." });
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
