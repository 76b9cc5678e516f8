using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SagaOrchestrator.Runner.Orders;

/// <summary>Starts a saga for each order over REST, as a client would: a few at a time, again when the service is not there.</summary>
internal sealed class OrderPusher(HttpClient api, Throttle? throttle = null)
{
    private const int AtATime = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<Guid, byte> started = new();
    private readonly ConcurrentQueue<string> complaints = new();
    private int existing;

    public ICollection<Guid> Started => started.Keys;

    /// <summary>Lines that could not be used, with file and line.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <summary>How many of the orders had been started before.</summary>
    public int Existing => existing;

    public Task Push(IEnumerable<OrderLine> lines, Action<int> progress, CancellationToken cancellationToken)
    {
        var done = 0;
        return Parallel.ForEachAsync(
            lines,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (line, token) =>
            {
                await Push(line, token);
                progress(Interlocked.Increment(ref done));
            }
        );
    }

    private async Task Push(OrderLine line, CancellationToken cancellationToken)
    {
        if (line.Problem is { } problem)
        {
            complaints.Enqueue(line.Complain(problem));
            return;
        }

        if (throttle is not null)
        {
            await throttle.Enter(cancellationToken);
        }

        using var response = await Post(line, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK)
        {
            started.TryAdd(JsonDocument.Parse(body).RootElement.GetProperty("id").GetGuid(), 0);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Interlocked.Increment(ref existing);
            }
        }
        else
        {
            complaints.Enqueue(line.Complain(Explain(response.StatusCode, body)));
        }
    }

    // A start is idempotent, so it is simply sent again while the service cannot take it.
    private async Task<HttpResponseMessage> Post(OrderLine line, CancellationToken cancellationToken)
    {
        var giveUp = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                using var content = new StringContent(line.Json, Encoding.UTF8, "application/json");
                var response = await api.PostAsync("api/v1/sagas/order-fulfillment", content, cancellationToken);
                if ((int)response.StatusCode < 500 || DateTime.UtcNow > giveUp)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException) when (DateTime.UtcNow < giveUp)
            {
                // The next attempt tells.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
    }

    private static string Explain(HttpStatusCode status, string body)
    {
        try
        {
            var problem = JsonDocument.Parse(body).RootElement;
            if (problem.TryGetProperty("errors", out var errors))
            {
                return string.Join(
                    " ",
                    errors.EnumerateObject().Select(error => $"{error.Name}: {string.Join(" ", error.Value.EnumerateArray())}")
                );
            }

            return problem.GetProperty("detail").GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            return $"The API answered {(int)status}.";
        }
    }
}
