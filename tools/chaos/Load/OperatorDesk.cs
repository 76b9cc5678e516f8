using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Load;

/// <summary>What an operator does when the storm is over: has the parked steps tried again.</summary>
internal sealed class OperatorDesk(Uri api, Journal journal) : IDisposable
{
    private const int Page = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly HttpClient http = new() { BaseAddress = api, Timeout = TimeSpan.FromSeconds(10) };

    public async Task Run(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await Retry(end);
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
            {
                // The next look.
            }

            await Wait.For(Interval, end);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task Retry(CancellationToken end)
    {
        var parked = await http.GetFromJsonAsync<JsonElement>($"/api/v1/sagas?state=Parked&limit={Page}", end);
        foreach (var id in parked.GetProperty("items").EnumerateArray().Select(saga => saga.GetProperty("id").GetGuid()))
        {
            var status = await http.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}", end);
            foreach (
                var step in status
                    .GetProperty("steps")
                    .EnumerateArray()
                    .Where(IsParked)
                    .Select(step => step.GetProperty("name").GetString()!)
            )
            {
                using var answer = await http.PostAsJsonAsync(
                    $"/api/v1/sagas/{id}/retry",
                    new
                    {
                        step,
                        by = "operator",
                        reason = "The storm is over.",
                    },
                    end
                );
                journal.Write("retry", $"parked step {step} of saga {id}: {(int)answer.StatusCode}");
            }
        }
    }

    private static bool IsParked(JsonElement step) => step.TryGetProperty("waitsFor", out var wait) && wait.GetString() == "Operator";
}
