using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Starts sagas and hears how they end.</summary>
internal sealed class LoadClient : IAsyncDisposable
{
    private const string Queue = "benchmark-driver";
    private const int MostUnconfirmed = 5000;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly SystemUnderTest system;
    private readonly IConnection connection;
    private readonly ConfirmingPublisher publisher;
    private readonly RestStarter? rest;

    private LoadClient(SystemUnderTest system, SagaLedger ledger, IConnection connection, ConfirmingPublisher publisher, RestStarter? rest)
    {
        this.rest = rest;
        this.system = system;
        this.connection = connection;
        this.publisher = publisher;
        Ledger = ledger;
    }

    public SagaLedger Ledger { get; }

    /// <summary>Subscribes before anything runs, so that no end is missed.</summary>
    public static async Task<LoadClient> Open(SystemUnderTest system, BenchServers servers)
    {
        var broker = await servers.Connect(system);
        var client = new LoadClient(
            system,
            new SagaLedger(),
            broker,
            await ConfirmingPublisher.On(broker),
            system.IsOverHttp ? new RestStarter(system, servers.Api) : null
        );
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
        var confirms = new OpenConfirms();
        for (var index = 0; index < sagas; index++)
        {
            if (!await window.WaitAsync(Patience, cancellationToken))
            {
                await confirms.ThrowIfFailed();
                throw Stuck();
            }

            await confirms.Add(Start(fails(index)));
        }

        await Confirmed(confirms, cancellationToken);
        await Drained(cancellationToken);
        return sagas / Stopwatch.GetElapsedTime(began, LastEnd(first)).TotalSeconds;
    }

    /// <summary>As fast as the broker takes the starts, however many sagas are under way, and without waiting for ends.</summary>
    public async Task StartAll(int sagas, bool fail, CancellationToken cancellationToken)
    {
        Ledger.Announce(sagas, () => { });
        var confirms = new OpenConfirms(MostUnconfirmed);
        for (var index = 0; index < sagas; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await confirms.Add(Start(fail));
        }

        await Confirmed(confirms, cancellationToken);
    }

    /// <summary>Evenly spaced, whether or not sagas end.</summary>
    /// <returns>How long each took, in milliseconds, sorted.</returns>
    public async Task<double[]> Steady(int sagas, int perSecond, CancellationToken cancellationToken)
    {
        Ledger.Announce(sagas, () => { });
        var (first, began) = (Ledger.Count, Stopwatch.GetTimestamp());
        await StartEvenly(sagas, perSecond, over: null, cancellationToken);
        await Drained(cancellationToken);
        return Ledger.Latencies(first, began, long.MaxValue);
    }

    /// <summary>The same until a task ends, and at most so many.</summary>
    public async Task SteadyUntil(Task over, int most, int perSecond, CancellationToken cancellationToken)
    {
        Ledger.Announce(most, () => { });
        Ledger.Withdraw(most - await StartEvenly(most, perSecond, over, cancellationToken));
        await Drained(cancellationToken);
    }

    /// <summary>Ends when all sagas have, and gives up when none does for a while.</summary>
    public async Task Drained(CancellationToken cancellationToken)
    {
        while (!Ledger.AllEnded.IsCompleted)
        {
            var pending = Ledger.Pending;
            try
            {
                await Ledger.AllEnded.WaitAsync(Patience, cancellationToken);
            }
            catch (TimeoutException) when (Ledger.Pending < pending)
            {
                // It goes on.
            }
            catch (TimeoutException)
            {
                throw Stuck();
            }
        }
    }

    /// <summary>How many messages of a queue nobody has taken.</summary>
    public async Task<uint> Waiting(string queue)
    {
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }

    public async ValueTask DisposeAsync()
    {
        rest?.Dispose();
        await publisher.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task<int> StartEvenly(int sagas, int perSecond, Task? over, CancellationToken cancellationToken)
    {
        var (began, sent) = (Stopwatch.GetTimestamp(), 0);
        var confirms = new OpenConfirms();
        using var timer = new PeriodicTimer(ShortestWait);
        for (; sent < sagas && over is not { IsCompleted: true }; sent++)
        {
            await Until(began, TimeSpan.FromSeconds(sent / (double)perSecond), timer, cancellationToken);
            await confirms.Add(Start(fails: false));
        }

        await Confirmed(confirms, cancellationToken);
        return sent;
    }

    // A timer with one period for all would be a little later each time, until two sagas were due at once.
    private static async Task Until(long began, TimeSpan due, PeriodicTimer timer, CancellationToken cancellationToken)
    {
        while (due - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } wait)
        {
            timer.Period = wait > ShortestWait ? wait : ShortestWait;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private Task Start(bool fails)
    {
        var order = Ledger.Begin(fails);
        return rest is null ? publisher.Publish([system.Start(order)]) : rest.Start(order);
    }

    private async Task Confirmed(OpenConfirms confirms, CancellationToken cancellationToken)
    {
        try
        {
            await confirms.All().WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Stuck();
        }
    }

    private BenchmarkFailure Stuck() =>
        new(
            $"{system.Name}: {Ledger.Pending} sagas of the phase have not ended, and for {Patience.TotalSeconds:0} seconds there was no "
                + $"progress, after {Ledger.Count} starts in all."
        );

    private long LastEnd(int first)
    {
        var last = 0L;
        foreach (ref readonly var entry in Ledger.Entries[first..])
        {
            last = Math.Max(last, entry.EndedAt);
        }

        return last;
    }

    private async Task Subscribe()
    {
        var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(
            Queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }
        );
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
