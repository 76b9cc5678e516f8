using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Fuzz.Generating;

namespace SagaOrchestrator.Fuzz.Sending;

/// <summary>Orders as an honest client sends them, evenly, and how they end.</summary>
internal sealed class HonestOrders(HttpClient http, int seed, double rate)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private int count;

    public ConcurrentQueue<HonestOrder> Sent { get; } = new();

    /// <summary>Sends for so long.</summary>
    public async Task Run(Phase phase, TimeSpan length)
    {
        using var over = new CancellationTokenSource(length);
        await Run(phase, over.Token);
    }

    /// <summary>Sends until the token says that it is over.</summary>
    public async Task Run(Phase phase, CancellationToken over)
    {
        var posting = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / rate));
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                posting.Add(Post(phase));
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }

        await Task.WhenAll(posting);
    }

    /// <summary>Waits for the ends, and says of each what is not as it should be.</summary>
    public async Task<IReadOnlyList<string>> Judge(CancellationToken cancellationToken)
    {
        var wrong = new ConcurrentQueue<string>();
        var patience = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Sent,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (order, token) =>
            {
                try
                {
                    if (await End(order, patience, token) is { } complaint)
                    {
                        wrong.Enqueue($"order {order.Key}: {complaint}");
                    }
                }
                catch (HttpRequestException exception)
                {
                    wrong.Enqueue($"order {order.Key}: its status cannot be read: {exception.Message}");
                }
            }
        );
        return [.. wrong];
    }

    private async Task Post(Phase phase)
    {
        var number = Interlocked.Increment(ref count);
        var key = string.Create(CultureInfo.InvariantCulture, $"honest-{seed}-{number}");
        var (token, product, state, code) = (number % 10) switch
        {
            3 => ("tok_declined", Examples.Product, "Failed", "card_declined"),
            7 => ("tok_visa", "no-such-product", "Failed", "unknown_product"),
            _ => ("tok_visa", Examples.Product, "Completed", null),
        };
        var order = new HonestOrder(key, phase, state, code);
        Sent.Enqueue(order);
        var watch = Stopwatch.StartNew();
        try
        {
            using var content = new StringContent(Examples.Start(Victims.Order, key, token, product), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri("/api/v1/sagas/order-fulfillment", UriKind.Relative), content);
            order.Status = answer.StatusCode;
            order.Accepting = watch.Elapsed;
            order.Location = answer.Headers.Location;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            order.Problem = exception.GetType().Name;
        }
    }

    private async Task<string?> End(HonestOrder order, Stopwatch patience, CancellationToken cancellationToken)
    {
        if (order.Problem is not null || order.Status != HttpStatusCode.Accepted)
        {
            return $"its start was answered {(int?)order.Status} {order.Problem}";
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var saga = JsonDocument.Parse(await http.GetStringAsync(order.Location, cancellationToken)).RootElement;
            var state = saga.GetProperty("state").GetString();
            if (state is "Completed" or "Failed")
            {
                order.Took =
                    order.Accepting + (saga.GetProperty("endedAt").GetDateTimeOffset() - saga.GetProperty("startedAt").GetDateTimeOffset());
                var code = saga.TryGetProperty("forwardError", out var error) ? error.GetProperty("code").GetString() : null;
                return (state, code) == (order.State, order.Code)
                    ? null
                    : $"it is {state} ({code}), and should be {order.State} ({order.Code})";
            }

            if (patience.Elapsed > Patience)
            {
                return $"it has not ended: it is {state}";
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}

/// <summary>One of them.</summary>
internal sealed class HonestOrder(string key, Phase phase, string state, string? code)
{
    public string Key => key;

    public Phase Phase => phase;

    public string State => state;

    public string? Code => code;

    public HttpStatusCode? Status { get; set; }

    public string? Problem { get; set; }

    public Uri? Location { get; set; }

    public TimeSpan Accepting { get; set; }

    /// <summary>From its start being sent to its end; null while that is not known.</summary>
    public TimeSpan? Took { get; set; }
}

/// <summary>What else is sent while an order is.</summary>
internal enum Phase
{
    WarmUp,
    Calm,
    Hostile,
}
