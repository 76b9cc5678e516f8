using System.Globalization;
using Npgsql;
using RabbitMQ.Client;
using SagaOrchestrator.Chaos.Checks;
using SagaOrchestrator.Chaos.Checks.Replay;
using SagaOrchestrator.Chaos.Load;
using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Nodes.Served.Errands;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Honest orders come evenly: alone first, and then beside one kind of flood after another.</summary>
internal sealed class FloodRun(ChaosOptions options, FloodOptions flood, Journal journal, Installation installation, IConnection connection)
    : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly StartHistory history = new();
    private readonly DeadLetterTap letters = new();
    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(installation.Database.Connection("postgres"));
    private readonly FloodMemory memory = new(installation.Nodes);
    private readonly ErrandDesk desk = new(installation.Nodes.Orchestrators[0].Api!, installation.Nodes.NextBuild!.Api!);

    /// <returns>How many checks do not hold.</returns>
    public static async Task<int> Run(ChaosOptions options, FloodOptions flood, TextWriter console, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Logs);
        using var journal = new Journal(Path.Combine(options.Logs, "journal.log"), console);
        var pace = flood.Pour is { } pour ? Text($"{pour} a second") : "as fast as the broker takes them";
        journal.Write("seed", Text($"{options.Seed}: {flood.Size} messages of each kind, {pace}, beside {flood.Rate} orders a second"));
        await using var installation = await Installation.Start(options with { HasErrands = true }, journal);
        await using var connection = await FloodSender.Connect(installation.Broker, cancellationToken);
        await using var run = new FloodRun(options, flood, journal, installation, connection);
        return await run.Go(cancellationToken).WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        desk.Dispose();
        await database.DisposeAsync();
    }

    private async Task<int> Go(CancellationToken cancellationToken)
    {
        await letters.Open(connection, [.. ProductNodes.Services, ErrandPlan.Participant, "orchestrator"], cancellationToken);
        var stage = new FloodStage(
            flood,
            new FloodDraw(options.Seed + 2, flood.Size),
            installation,
            new FloodSender(connection, flood.Pour),
            desk,
            new Whereabouts(database, letters),
            journal
        );
        IFlood[] all =
        [
            new OrphanFlood(stage),
            new RequeueFlood(stage),
            new StoppedFlood(stage),
            new SuspectFlood(stage),
            new OutageFlood(stage),
        ];
        IFlood[] floods = [.. all.Where(one => flood.Asks(one.Name))];
        await PrepareRequeues(floods, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var messages = new MessageClient(installation.Broker, history);
        using var client = new Client([.. installation.Nodes.Orchestrators.Select(node => node.Api!)], messages, history);
        var running = Task.WhenAll(messages.Run(end.Token), memory.Run(end.Token));
        // A gateway that faults makes an order slower than most floods would.
        var starting = client.Run(new OrderMix(options.Seed + 1, failing: 0, flaky: 0), flood.Rate, over.Token, end.Token);
        journal.Write("calm", Text($"{FloodOptions.WarmUp.TotalSeconds:0} s to warm up, {flood.Calm.TotalSeconds:0} s to compare with"));
        await Wait.For(FloodOptions.WarmUp, cancellationToken);
        var calm = new FloodResult("none", 0, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow + flood.Calm, IsDigested: true, Disorder: null);
        await Wait.For(flood.Calm, cancellationToken);
        memory.IsFlooded = true;
        var results = new List<FloodResult>();
        foreach (var one in floods)
        {
            results.Add(await Flood(one, stage, cancellationToken));
            await Wait.For(FloodOptions.Between, cancellationToken);
        }

        await over.CancelAsync();
        await starting;
        var atRest = await Wait.Until(IsAtRest, options.TimeToRest, cancellationToken);
        await end.CancelAsync();
        await running;
        return await Tell(atRest, calm, [.. floods.Zip(results)], stage);
    }

    // They need the next build, which is away from then on: its processor time is not the flood's.
    private async Task PrepareRequeues(IFlood[] floods, CancellationToken cancellationToken)
    {
        if (floods.OfType<RequeueFlood>().SingleOrDefault() is { } requeues)
        {
            await requeues.Prepare(cancellationToken);
        }

        installation.Nodes.NextBuild!.Leave();
    }

    private async Task<FloodResult> Flood(IFlood one, FloodStage stage, CancellationToken cancellationToken)
    {
        if (one is not RequeueFlood)
        {
            journal.Write("prepare", one.Name);
            await one.Prepare(cancellationToken);
        }

        var from = DateTimeOffset.UtcNow;
        journal.Write("flood", Text($"{one.Messages.Count} {one.Name}"));
        await one.Pour(cancellationToken);
        journal.Write("poured", Text($"after {(DateTimeOffset.UtcNow - from).TotalSeconds:0.0} s"));
        var open = one.Messages;
        var isDigested = false;
        var told = 0;
        while (DateTimeOffset.UtcNow - from < FloodOptions.Patience && !isDigested)
        {
            await Wait.For(Poll, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            open = await stage.Whereabouts.Open(open);
            isDigested = open.Count == 0 && await one.HasEnded();
            if (++told % 10 == 0)
            {
                journal.Write("open", Text($"{open.Count} of {one.Messages.Count} {one.Name}"));
            }
        }

        var to = DateTimeOffset.UtcNow;
        journal.Write(isDigested ? "digested" : "NOT", Text($"{one.Name}, after {(to - from).TotalSeconds:0.0} s"));
        return new FloodResult(one.Name, one.Messages.Count, from, to, isDigested, await one.Disorder());
    }

    private async Task<bool> IsAtRest()
    {
        await using var command = database.CreateCommand("select count(*) filter (where ended_at is null) = 0 from orchestrator.saga");
        return history.IsSettled && (bool)(await command.ExecuteScalarAsync())! && await installation.Broker.IsEmpty();
    }

    private async Task<int> Tell(bool atRest, FloodResult calm, IReadOnlyList<(IFlood Flood, FloodResult Result)> floods, FloodStage stage)
    {
        var times = await Times();
        var alone = Latency.Of(times.Where(order => calm.Covers(order.At)).Select(order => order.Took));
        var results = new List<FloodResult>();
        foreach (var (one, result) in floods)
        {
            var fates = await stage.Whereabouts.Of(one.Messages);
            results.Add(
                result with
                {
                    Latency = Latency.Of(times.Where(order => result.Covers(order.At)).Select(order => order.Took)),
                    Ends = fates.Counts(one.Messages),
                    Wrong = fates.Wrong(one.Messages),
                }
            );
        }

        IReadOnlyList<CheckResult> checks = [.. FloodTable.Checks(alone, results), .. await Checks(atRest)];
        using var file = new StreamWriter(Path.Combine(options.Logs, "report.txt"));
        foreach (var to in new[] { Console.Out, file })
        {
            Print(to, FloodTable.Of(alone, results), checks);
        }

        return checks.Count(check => !check.Holds);
    }

    private void Print(TextWriter to, string table, IReadOnlyList<CheckResult> checks)
    {
        to.WriteLine(Text($"\nSeed {options.Seed}: {history.Accepted} orders, {flood.Rate} a second\n\n{table}\n"));
        ChaosReport.Print(checks, to);
    }

    // From the moment when the driver first sent it, on the driver's clock, to its end, on the database's: both are this machine's.
    private async Task<IReadOnlyList<(DateTimeOffset At, TimeSpan Took)>> Times()
    {
        await using var command = database.CreateCommand(
            "select business_key, ended_at from orchestrator.saga where type = 'order-fulfillment' and ended_at is not null"
        );
        await using var row = await command.ExecuteReaderAsync();
        var times = new List<(DateTimeOffset, TimeSpan)>();
        while (await row.ReadAsync())
        {
            if (history.AskedAt.TryGetValue(row.GetString(0), out var at))
            {
                times.Add((at, row.GetFieldValue<DateTimeOffset>(1) - at));
            }
        }

        return times;
    }

    private IEnumerable<string> OtherDeadLetters() =>
        letters
            .All.Where(letter => letter.Message is null)
            .Select(letter => $"{letter.Queue}: {letter.Reason}: {letter.Body[..Math.Min(letter.Body.Length, 300)]}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<CheckResult>> Checks(bool atRest)
    {
        var text = installation.Database.Connection("postgres");
        using var evidence = new ServerEvidence(
            text,
            new Uri(Text($"http://admin:admin-dev@127.0.0.1:{installation.Broker.Nodes[0].ConsolePort}")),
            ServerEvidence.AllServices,
            BrokerCluster.VirtualHost
        );
        return
        [
            new CheckResult("everything ends, and the backlog drains", atRest ? [] : ["not in time"]),
            await OutageRun.NotCompleted(text),
            await AlarmCheck.Run(text, installation.Broker),
            new CheckResult("there is no other dead letter", [.. OtherDeadLetters()]),
            .. await Settling.Check(() => evidence.Gather(CancellationToken.None), CancellationToken.None),
            .. await StartCheck.Run(text, history),
            .. await SqlCheck.Run(text),
            await ReplayCheck.Run(text, options),
            new CheckResult("memory is bounded, MB: " + string.Join(", ", memory.All), [.. memory.Grown]),
        ];
    }
}
