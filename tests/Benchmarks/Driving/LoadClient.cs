using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Starts sagas and hears how they end.</summary>
internal sealed class LoadClient : IAsyncDisposable
{
    private const string Queue = "benchmark-driver";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly SystemUnderTest system;
    private readonly IConnection connection;
    private readonly ConfirmingPublisher publisher;

    private LoadClient(SystemUnderTest system, SagaLedger ledger, IConnection connection, ConfirmingPublisher publisher)
    {
        this.system = system;
        this.connection = connection;
        this.publisher = publisher;
        Ledger = ledger;
    }

    public SagaLedger Ledger { get; }

    /// <summary>Subscribes before anything runs, so that no end is missed.</summary>
    public static async Task<LoadClient> Open(SystemUnderTest system, BenchServers servers, int capacity)
    {
        var broker = await servers.Connect(system);
        var client = new LoadClient(system, new SagaLedger(capacity), broker, await ConfirmingPublisher.On(broker));
        await client.Subscribe();
        return client;
    }

    /// <summary>As fast as it goes with a bounded number of sagas under way.</summary>
    /// <returns>How many sagas a second ended.</returns>
    public async Task<double> Burst(int sagas, int inFlight, Func<int, bool> fails, CancellationToken cancellationToken)
    {
        using var window = new SemaphoreSlim(inFlight);
        Ledger.Announce(sagas, () => window.Release());
        var (first, began) = (Ledger.Count, Stopwatch.GetTimestamp());
        var confirmed = new List<Task>(sagas);
        for (var index = 0; index < sagas; index++)
        {
            if (!await window.WaitAsync(Patience, cancellationToken))
            {
                throw Stuck();
            }

            confirmed.Add(Start(fails(index)));
        }

        await Ended(confirmed, cancellationToken);
        return sagas / Stopwatch.GetElapsedTime(began, LastEnd(first)).TotalSeconds;
    }

    /// <summary>Evenly spaced, whether or not sagas end.</summary>
    /// <returns>How long each took, in milliseconds, sorted.</returns>
    public async Task<double[]> Steady(int sagas, int perSecond, CancellationToken cancellationToken)
    {
        Ledger.Announce(sagas, () => { });
        var (first, began) = (Ledger.Count, Stopwatch.GetTimestamp());
        var confirmed = new List<Task>(sagas);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        while (confirmed.Count < sagas && await timer.WaitForNextTickAsync(cancellationToken))
        {
            // A tick that was late has what was due meanwhile.
            var due = Math.Min(sagas, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond) + 1);
            while (confirmed.Count < due)
            {
                confirmed.Add(Start(fails: false));
            }
        }

        await Ended(confirmed, cancellationToken);
        return Latencies(first);
    }

    public async ValueTask DisposeAsync()
    {
        await publisher.DisposeAsync();
        await connection.DisposeAsync();
    }

    private Task Start(bool fails) => publisher.Publish([system.Start(Ledger.Begin(fails))]);

    private async Task Ended(List<Task> confirmed, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(confirmed).WaitAsync(Patience, cancellationToken);
            await Ledger.AllEnded.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Stuck();
        }
    }

    private BenchmarkFailure Stuck() => new(
        $"{system.Name}: {Ledger.Pending} sagas of the phase have not ended within {Patience.TotalSeconds:0} seconds, after {Ledger.Count} starts in all.");

    private long LastEnd(int first)
    {
        var last = 0L;
        foreach (ref readonly var entry in Ledger.Entries[first..])
        {
            last = Math.Max(last, entry.EndedAt);
        }

        return last;
    }

    private double[] Latencies(int first)
    {
        var entries = Ledger.Entries[first..];
        var took = new double[entries.Length];
        for (var index = 0; index < took.Length; index++)
        {
            took[index] = Stopwatch.GetElapsedTime(entries[index].StartedAt, entries[index].EndedAt).TotalMilliseconds;
        }

        Array.Sort(took);
        return took;
    }

    private async Task Subscribe()
    {
        var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(
            Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        foreach (var exchange in system.EndExchanges)
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(Queue, exchange, string.Empty);
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            Ledger.Ended(system.End(delivery), Stopwatch.GetTimestamp());
            return Task.CompletedTask;
        };
        // What the driver has not read when it ends, nobody needs.
        await channel.BasicConsumeAsync(Queue, autoAck: true, consumer);
    }
}
