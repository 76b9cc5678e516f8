using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Chaos.Nodes.Served.Errands;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Starts errands over REST, and stops their type as an operator would.</summary>
internal sealed class ErrandDesk(Uri api, Uri next) : IDisposable
{
    private const int AtATime = 16;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Starts errands at the orchestrator of the next build, which are of its version.</summary>
    public async Task<IReadOnlyList<Guid>> StartAtNextBuild(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var sagas = new ConcurrentBag<Guid>();
        await Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (key, token) =>
            {
                while (true)
                {
                    using var answer = await http.PostAsJsonAsync(
                        new Uri(next, $"/api/v1/sagas/{ErrandPlan.Name}"),
                        new { errandId = key },
                        token
                    );
                    if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                    {
                        answer.EnsureSuccessStatusCode();
                        sagas.Add((await answer.Content.ReadFromJsonAsync<JsonElement>(token)).GetProperty("id").GetGuid());
                        return;
                    }

                    await Wait.For(TimeSpan.FromMilliseconds(500), token);
                }
            }
        );
        return [.. sagas.Order()];
    }

    /// <summary>Sets whether errands are started.</summary>
    /// <param name="state"><c>open</c> or <c>automatic</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task Set(string state, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(
            new Uri(api, $"/api/v1/saga-types/{ErrandPlan.Name}/breaker"),
            new
            {
                state,
                by = "flood",
                reason = "A flood is measured.",
            },
            cancellationToken
        );
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();
}
