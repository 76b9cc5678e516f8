using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace SagaOrchestrator.Fuzz.Judging;

/// <summary>Reads every saga over every route that shows it.</summary>
internal static class SagaReads
{
    private static readonly string[] States = ["Started", "Pending", "Compensating", "Completed", "Failed", "Parked"];

    public static async Task<(int Read, IReadOnlyList<string> Failures)> All(HttpClient http, CancellationToken cancellationToken)
    {
        var failures = new ConcurrentQueue<string>();
        var found = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var filter in States.Select(state => $"state={state}&").Prepend(string.Empty))
        {
            await List(http, filter, found, failures, cancellationToken);
        }

        await Parallel.ForEachAsync(
            found.Keys,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (path, token) =>
            {
                await Read(http, path, failures, token);
                await Read(http, path + "/history", failures, token);
            }
        );
        await Read(http, "/api/v1/sagas/summary", failures, cancellationToken);
        return (found.Count, [.. failures]);
    }

    private static async Task List(
        HttpClient http,
        string filter,
        ConcurrentDictionary<string, bool> found,
        ConcurrentQueue<string> failures,
        CancellationToken cancellationToken
    )
    {
        string? cursor = null;
        do
        {
            var path = $"/api/v1/sagas?{filter}limit=200{(cursor is null ? string.Empty : "&cursor=" + cursor)}";
            if (await Read(http, path, failures, cancellationToken) is not { } page)
            {
                return;
            }

            foreach (var saga in page.GetProperty("items").EnumerateArray())
            {
                found[saga.GetProperty("links").GetProperty("self").GetString()!] = true;
            }

            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        } while (cursor is not null);
    }

    private static async Task<JsonElement?> Read(
        HttpClient http,
        string path,
        ConcurrentQueue<string> failures,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            }

            failures.Enqueue($"GET {path} is answered {(int)answer.StatusCode}");
        }
        catch (Exception exception)
            when (exception is HttpRequestException or JsonException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            failures.Enqueue($"GET {path} fails: {exception.GetType().Name}");
        }

        return null;
    }
}
