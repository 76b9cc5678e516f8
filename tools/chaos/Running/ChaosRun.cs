using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SagaOrchestrator.Chaos.Audits;
using SagaOrchestrator.Chaos.Checks;
using SagaOrchestrator.Chaos.Checks.Replay;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Load;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>One run: start, storm, heal, wait for rest, check from outside, stop.</summary>
internal sealed class ChaosRun(ChaosOptions options, Journal journal, Installation installation) : IDisposable
{
    // In seconds, and in times of all attempts of a step: it must be given up, and its compensation come, while its command is held.
    private const double LongestHold = 90;
    private const double LongerThanAllAttempts = 4;

    private readonly StartHistory history = new();
    private readonly KillLog kills = new();
    private readonly OutageLog outages = new();
    private readonly ProgressWatch progress = new(installation.Database, journal);
    private readonly Poisoner poisoner = new(installation.Broker, journal, options.Seed + 2, options.Duration / 2);
    private readonly Duplicator duplicator = new(installation.Broker, journal, options.Seed + 3);
    private readonly EndedCount ended = new(installation.Database, journal);
    private readonly ResourceWatch resources = new(installation);
    private readonly CountWatch counts = new(installation.Database);
    private readonly Supervisor supervisor = new(installation.Supervised, journal);
    private readonly CancellationTokenSource end = new();

    /// <summary>Runs, and leaves journal and logs in the folder that the options name.</summary>
    /// <param name="options">What.</param>
    /// <param name="console">Where the journal is printed too, if anywhere.</param>
    /// <param name="cancellationToken">Ends the run early: every process is killed.</param>
    public static async Task<ChaosResults> Run(ChaosOptions options, TextWriter? console, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Logs);
        using var journal = new Journal(Path.Combine(options.Logs, "journal.log"), console);
        journal.Write(
            "seed",
            string.Create(CultureInfo.InvariantCulture, $"{options.Seed}: {options.Sagas} sagas in {options.Minutes} minutes")
        );
        await using var installation = await Installation.Start(options, journal);
        using var load = SecondLoad.Start(options.Contention);
        using var run = new ChaosRun(options, journal, installation);
        return await run.Go().WaitAsync(cancellationToken);
    }

    public void Dispose() => end.Dispose();

    private async Task<ChaosResults> Go()
    {
        var messageClient = new MessageClient(installation.Broker, history);
        using var client = new Client([.. installation.Nodes.Orchestrators.Select(node => node.Api!)], messageClient, history);
        var running = Task.WhenAll(
            progress.Run(end.Token),
            supervisor.Run(end.Token),
            messageClient.Run(end.Token),
            ended.Run(end.Token),
            resources.Run(end.Token),
            counts.Run(end.Token)
        );
        using var over = new CancellationTokenSource();
        var starting = options.InFlight is { } inFlight
            ? client.Keep(new OrderMix(options.Seed + 1, options.Failing), inFlight, () => ended.Last, over.Token, end.Token)
            : client.Run(new OrderMix(options.Seed + 1, options.Failing), 0, options.Sagas, options.Duration, end.Token);
        var calm = await Calm();
        using var healing = new CancellationTokenSource(options.Duration);
        // What is struck last is healed later, and meanwhile nothing more strikes: that time is not the storm's.
        var inStorm = ended.PerSecond(options.Duration);
        var faults = Sequence();
        var messages = options.OneByOne ? Task.CompletedTask : Task.WhenAll(poisoner.Run(healing.Token), duplicator.Run(healing.Token));
        var planter = new ContradictionPlanter(
            new ContradictionStore(installation.Database),
            new CommandThief(installation.Broker),
            client,
            journal,
            options.Seed + 4,
            options.Duration
        );
        var planting = options.HasContradictions ? planter.Run(healing.Token, end.Token) : Task.CompletedTask;
        await faults.Run(healing.Token);
        // What is struck last is not yet back: its recovery counts.
        var healed = faults.HealedAt;
        var storm = await inStorm;
        await over.CancelAsync();
        installation.Heal();
        if (!options.OneByOne)
        {
            await installation.FinishRollout();
        }

        await messages;
        var atRest = await Rest(Task.WhenAll(starting, planting));
        var took = journal.Now - healed;
        journal.Write(
            atRest ? "rest" : "NO REST",
            string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.0} s after the last fault")
        );
        if (!atRest)
        {
            await installation.Broker.Describe(Path.Combine(options.Logs, "broker-without-rest.txt"));
        }

        await Task.WhenAll(running, starting, planting);
        var after = progress.After(kills.Kills);
        var contradictions = await ContradictionFacts.Read(installation.Database.Connection("postgres"), planter.Planted);
        var checks = await Check(atRest, contradictions, after, calm, storm);
        return new ChaosResults(
            options,
            checks,
            kills.Kills,
            after,
            faults.Strikes,
            history.Accepted - planter.Orders,
            history.Refusals,
            duplicator.Sent,
            poisoner.Confirmed.Count,
            supervisor.Restarts,
            took,
            await States(),
            calm,
            storm,
            contradictions
        );
    }

    // How many sagas end in a second when nothing strikes; 0 when that is not asked.
    private async Task<double> Calm()
    {
        if (options.Calm == TimeSpan.Zero)
        {
            return 0;
        }

        await Wait.For(options.Calm / 2);
        return await ended.PerSecond(options.Calm);
    }

    private IFaultSequence Sequence()
    {
        // When all nodes are rolled back, sagas of the newer version wait, as they must; where a number is kept under way, they would be
        // all of it.
        var (product, servers) = (
            new ProductFaults(
                journal,
                kills,
                installation.OthersServe,
                rollsBack: options.InFlight is null,
                outages,
                options.StepTimeout * options.Attempts
            ),
            new ServerFaults(journal, kills)
        );
        if (!options.OneByOne)
        {
            return new Storm(new FaultDraw([.. Faults(product, servers)], options.Seed, options.Interval), journal);
        }

        Fault[] faults = [.. installation.Nodes.All.Select(product.KillOf), .. servers.KillsOf(installation.Database, installation.Broker)];
        return new OneByOne(faults, options.Seed, installation.Ready, journal);
    }

    private IEnumerable<Fault> Faults(ProductFaults product, ServerFaults servers)
    {
        var (lines, queues) = (new LineFaults(journal), new QueueFaults(installation.Broker, journal));
        var nodes = installation.Nodes.All.ToArray();
        var each = 1.0 / nodes.Sum(node => node.Lines.All.Count());
        return
        [
            .. nodes.SelectMany(product.Of),
            .. servers.Of(installation.Database),
            .. servers.Of(installation.Broker),
            .. nodes.SelectMany(node => node.Lines.All).SelectMany(line => lines.Of(line, each)),
            .. queues.All(longest: Math.Min(LongestHold, options.StepTimeout.TotalSeconds * options.Attempts * LongerThanAllAttempts)),
        ];
    }

    // Everything is accepted, every saga has ended, and nothing waits in a queue.
    private async Task<bool> Rest(Task starting)
    {
        await using var database = NpgsqlDataSource.Create(installation.Database.Connection("postgres"));
        using var desk = new OperatorDesk(installation.Nodes.Orchestrators[0].Api!, journal);
        var operating = desk.Run(end.Token);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAny(starting, Wait.For(options.TimeToRest));
        var rest = options.TimeToRest - Stopwatch.GetElapsedTime(began);
        var atRest = await Wait.Until(
            async () =>
            {
                await using var command = database.CreateCommand(
                    "select count(*) filter (where ended_at is null) = 0 and count(*) >= $1 from orchestrator.saga"
                );
                command.Parameters.Add(new NpgsqlParameter { Value = (long)history.Accepted });
                return starting.IsCompleted
                    && history.IsSettled
                    && (bool)(await command.ExecuteScalarAsync())!
                    && await installation.Broker.IsEmpty();
            },
            rest
        );
        await end.CancelAsync();
        await operating;
        return atRest;
    }

    private async Task<IReadOnlyList<CheckResult>> Check(
        bool atRest,
        IReadOnlyList<ReportedContradiction> contradictions,
        IReadOnlyList<(KillEntry Kill, TimeSpan? After)> after,
        double calm,
        double storm
    )
    {
        var connection = installation.Database.Connection("postgres");
        var node = installation.Broker.Nodes[0];
        using var evidence = new ServerEvidence(
            connection,
            new Uri(string.Create(CultureInfo.InvariantCulture, $"http://admin:admin-dev@127.0.0.1:{node.ConsolePort}")),
            ServerEvidence.AllServices,
            BrokerCluster.VirtualHost
        );
        return
        [
            new CheckResult(
                string.Create(CultureInfo.InvariantCulture, $"at rest within {options.TimeToRest.TotalSeconds:0} s of the last fault"),
                atRest ? [] : [await UnderWay(connection)]
            ),
            .. options.HasContradictions ? AuditCheck.Of(contradictions, options) : [],
            await AlarmCheck.Run(connection, installation.Broker),
            .. await DeadLetterCheck.Run(installation.Broker, poisoner),
            .. await Settling.Check(
                async () =>
                    await evidence.Gather(CancellationToken.None) with
                    {
                        Effects = await FenceEffects.Read(connection, CancellationToken.None),
                    },
                CancellationToken.None
            ),
            .. await StartCheck.Run(connection, history),
            .. await SqlCheck.Run(connection),
            await OutageCheck.Run(connection, outages),
            await ReplayCheck.Run(connection, options),
            .. BoundCheck.Run(options, after, calm, storm),
            .. resources.Check(options.Duration),
            .. await counts.Check(installation.Nodes.Orchestrators),
            await Stops(),
        ];
    }

    // A shutdown drains what is being handled and ends by itself.
    private async Task<CheckResult> Stops()
    {
        var ends = await Task.WhenAll(installation.Supervised.Select(async process => (process, InTime: await process.Terminate())));
        return new CheckResult(
            "every process ends when it is asked to",
            [
                .. ends.Where(end => !end.InTime || end.process.ExitStatus != 0)
                    .Select(end =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{end.process.Name}: {(end.InTime ? $"status {end.process.ExitStatus}" : "had to be killed")}"
                        )
                    ),
            ]
        );
    }

    private static async Task<string> UnderWay(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(
            "select coalesce(string_agg(format('%s %s, waits for %s until %s', state, id, wake_for, wake_at), '; '), 'starts are not "
                + "accepted') from (select * from orchestrator.saga where ended_at is null limit 10) open"
        );
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<IReadOnlyDictionary<string, long>> States()
    {
        await using var database = NpgsqlDataSource.Create(installation.Database.Connection("postgres"));
        await using var command = database.CreateCommand("select state, count(*) from orchestrator.saga group by state order by state");
        await using var row = await command.ExecuteReaderAsync();
        var states = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await row.ReadAsync())
        {
            states.Add(row.GetString(0), row.GetInt64(1));
        }

        return states;
    }
}
