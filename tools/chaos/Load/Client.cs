using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Load;

/// <summary>
/// Starts orders, some by message and the others at any of the replicas, and again with the same key until it is told that they are
/// accepted.
/// </summary>
internal sealed class Client : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<Uri> replicas;
    private readonly StartHistory history;
    private readonly MessageClient messages;
    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = Patience };

    public Client(IReadOnlyList<Uri> replicas, MessageClient messages, StartHistory history)
    {
        this.replicas = replicas;
        this.messages = messages;
        this.history = history;
    }

    /// <summary>Starts so many, spread over so long, and returns when all are accepted or the token says that it is over.</summary>
    public async Task Run(OrderMix mix, int first, int count, TimeSpan over, CancellationToken end)
    {
        var starting = new List<Task>(count);
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var number = 0; number < count && !end.IsCancellationRequested; number++)
        {
            await Wait.For((over * ((double)number / count)) - System.Diagnostics.Stopwatch.GetElapsedTime(began), end);
            starting.Add(Start(mix.Next(first + number), end));
        }

        await Task.WhenAll(starting);
    }

    /// <summary>Starts so many in a second until the token says that it is over; returns when all are accepted.</summary>
    public async Task Run(OrderMix mix, double rate, CancellationToken over, CancellationToken end)
    {
        var starting = new List<Task>();
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!over.IsCancellationRequested)
        {
            starting.Add(Start(mix.Next(starting.Count), end));
            await Wait.For(TimeSpan.FromSeconds(starting.Count / rate) - System.Diagnostics.Stopwatch.GetElapsedTime(began), over);
        }

        await Task.WhenAll(starting);
    }

    /// <summary>
    /// Keeps so many under way, as fast as they end, until the token says that it is over; returns when all are accepted.
    /// </summary>
    /// <param name="mix">The orders.</param>
    /// <param name="inFlight">How many.</param>
    /// <param name="ended">How many sagas have ended, as was last seen.</param>
    /// <param name="over">Nothing new from then on.</param>
    /// <param name="end">Nothing at all from then on.</param>
    public async Task Keep(OrderMix mix, int inFlight, Func<long> ended, CancellationToken over, CancellationToken end)
    {
        var starting = new List<Task>();
        while (!over.IsCancellationRequested)
        {
            while (starting.Count - ended() < inFlight)
            {
                starting.Add(Start(mix.Next(starting.Count), end));
            }

            await Wait.For(TimeSpan.FromMilliseconds(20), over);
        }

        await Task.WhenAll(starting);
    }

    /// <summary>Starts one order over REST, and returns when it is accepted or the token says that it is over.</summary>
    public async Task Place(JsonObject order, CancellationToken end)
    {
        var (key, json) = (order["orderId"]!.GetValue<string>(), order.ToJsonString());
        history.Asked(key);
        while (!end.IsCancellationRequested && !await TryStart(key, json, end))
        {
            await Wait.For(TimeSpan.FromMilliseconds(200 + Random.Shared.Next(600)), end);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task Start(JsonObject order, CancellationToken end)
    {
        if (Random.Shared.NextDouble() < ChaosOptions.ByMessage)
        {
            messages.Start(order);
            return;
        }

        await Place(order, end);
    }

    private async Task<bool> TryStart(string key, string json, CancellationToken end)
    {
        var replica = replicas[Random.Shared.Next(replicas.Count)];
        try
        {
            history.Heard(key, $"{replica.Authority} has not answered");
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(replica, "/api/v1/sagas/order-fulfillment"), content, end);
            return await Read(key, answer, end);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            history.Heard(key, $"{replica.Authority}: {exception.Message}");
            return false;
        }
    }

    private async Task<bool> Read(string key, HttpResponseMessage answer, CancellationToken end)
    {
        var body = await answer.Content.ReadAsStringAsync(end);
        history.Heard(key, $"{(int)answer.StatusCode} {body}");
        switch (answer.StatusCode)
        {
            case HttpStatusCode.Accepted or HttpStatusCode.OK:
                history.WasAccepted(key, JsonDocument.Parse(body).RootElement.GetProperty("id").GetGuid());
                return true;
            case HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests when answer.Headers.RetryAfter is not null:
                history.WasRefused();
                return false;
            default:
                history.Complain($"order {key} was answered with {(int)answer.StatusCode}: {body}");
                return (int)answer.StatusCode < 500;
        }
    }
}
