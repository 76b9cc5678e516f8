using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Breakers;

/// <summary>What these tests ask and set over REST, and the settings by which they need not wait for long.</summary>
internal static class BreakerClient
{
    public static void Quick(Dictionary<string, string> settings)
    {
        settings["OrderFulfillment:StepTimeout"] = "00:00:01";
        settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
        settings["Breakers:Every"] = "00:00:00.100";
        settings["Breakers:Patience"] = "00:00:00.300";
        settings["Breakers:ProbeAfter"] = "00:00:01";
        settings["Breakers:ProbeFor"] = "00:00:02";
    }

    public static async Task<JsonElement> Participant(this HttpClient api, string name) =>
        (await api.GetFromJsonAsync<JsonElement>("/api/v1/participants"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(participant => participant.GetProperty("name").GetString() == name);

    public static Task WaitForBreaker(this HttpClient api, string participant, string state) =>
        Eventually.Get(
            () => api.Participant(participant),
            status => status.GetProperty("state").GetString() == state,
            $"the breaker of {participant} is {state}"
        );

    public static async Task<(int Status, JsonElement Body)> Set(this HttpClient api, string what, object body)
    {
        var answer = await api.PostAsJsonAsync($"/api/v1/{what}/breaker", body);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    public static async Task<Guid[]> StartMany(this HttpClient api, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => api.StartSaga(Order.Of())));

    /// <summary>
    /// Waits until each saga waits for an absent participant, and has been under way for longer than all attempts together take.
    /// </summary>
    public static Task WaitForOutage(this RunningSystem system, int sagas, string age = "6 seconds") =>
        Eventually.Get(
            () =>
                system.Sandbox.Query<long>(
                    $"select count(*) from orchestrator.saga where progress::text like '%\"absence\"%' and started_at < now() - interval "
                        + $"'{age}'"
                ),
            count => count == sagas,
            $"{sagas} sagas wait for longer than all attempts together"
        );

    /// <summary>How often something happened to the payments of all sagas.</summary>
    public static Task<long> Count(this RunningSystem system, string historyType) =>
        system.Sandbox.Query<long>(
            $"select count(*) from orchestrator.saga_history where type = '{historyType}' and data ->> 'step' = 'process_payment'"
        );
}
