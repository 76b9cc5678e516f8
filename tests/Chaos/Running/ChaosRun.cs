using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SagaOrchestrator.Chaos.Checks;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Load;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>One run: start, storm, heal, wait for rest, check from outside, stop.</summary>
internal sealed class ChaosRun(ChaosOptions options, Journal journal, Installation installation) : IDisposable
{
    // After the last fault: what the product promises, and the longest that a saga waits for something that was lost.
    private static readonly TimeSpan TimeToRest = TimeSpan.FromSeconds(60) + (ChaosOptions.StepTimeout * 5);

    private readonly StartHistory history = new();
    private readonly KillLog kills = new();
    private readonly ProgressWatch progress = new(installation.Database, journal);
    private readonly Poisoner poisoner = new(installation.Broker, journal, options.Seed + 2);
    private readonly Duplicator duplicator = new(installation.Broker, journal, options.Seed + 3);
    private readonly Supervisor supervisor = new(installation.Supervised, journal);
    private readonly CancellationTokenSource end = new();

    public static async Task<ChaosResults> Run(ChaosOptions options, Journal journal)
    {
        journal.Write("seed", string.Create(CultureInfo.InvariantCulture, $"{options.Seed}: {options.Sagas} sagas in {options.Minutes} minutes"));
        await using var installation = await Installation.Start(options, journal);
        using var run = new ChaosRun(options, journal, installation);
        return await run.Go();
    }

    public void Dispose() => end.Dispose();

    private async Task<ChaosResults> Go()
    {
        using var client = new Client([.. installation.Nodes.Orchestrators.Select(node => node.Api!)], history);
        var watching = progress.Run(end.Token);
        var supervising = supervisor.Run(end.Token);
        using var healing = new CancellationTokenSource(options.Duration);
        var storm = new Storm(new FaultDraw([.. Faults()], options.Seed, options.Interval), journal);
        var messages = Task.WhenAll(poisoner.Run(healing.Token), duplicator.Run(healing.Token));
        var starting = client.Run(new OrderMix(options.Seed + 1, options.Failing), 0, options.Sagas, options.Duration, end.Token);
        await storm.Run(healing.Token);
        // What is struck last is not yet back: its recovery counts.
        var healed = storm.HealedAt;
        installation.Heal();
        await messages;
        var atRest = await Rest(starting);
        var took = journal.Now - healed;
        journal.Write(atRest ? "rest" : "NO REST", string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.0} s after the last fault"));
        await Task.WhenAll(watching, supervising, starting);
        var checks = await Check(atRest);
        return new ChaosResults(
            options, checks, kills.Kills, progress.After(kills.Kills), storm.Strikes, history.Accepted, history.Refusals, duplicator.Sent,
            poisoner.Confirmed.Count, supervisor.Restarts, took, await States());
    }

    private IEnumerable<Fault> Faults()
    {
        var (product, servers, lines) = (new ProductFaults(journal, kills), new ServerFaults(journal, kills), new LineFaults(journal));
        var nodes = installation.Nodes.All.ToArray();
        var each = 1.0 / nodes.Sum(node => node.Lines.All.Count());
        return
        [
            .. nodes.SelectMany(product.Of), .. servers.Of(installation.Database), .. servers.Of(installation.Broker),
            .. nodes.SelectMany(node => node.Lines.All).SelectMany(line => lines.Of(line, each)),
        ];
    }

    // Everything is accepted, every saga has ended, and nothing is on its way.
    private async Task<bool> Rest(Task starting)
    {
        await using var database = NpgsqlDataSource.Create(installation.Database.Connection("postgres"));
        using var desk = new OperatorDesk(installation.Nodes.Orchestrators[0].Api!, journal);
        var operating = desk.Run(end.Token);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAny(starting, Wait.For(TimeToRest));
        var rest = TimeToRest - Stopwatch.GetElapsedTime(began);
        var atRest = await Wait.Until(
            async () =>
            {
                await using var command = database.CreateCommand("select count(*) filter (where ended_at is null) = 0 and count(*) >= $1 from orchestrator.saga");
                command.Parameters.Add(new NpgsqlParameter { Value = (long)history.Accepted });
                return starting.IsCompleted && (bool)(await command.ExecuteScalarAsync())!;
            },
            rest);
        await end.CancelAsync();
        await operating;
        return atRest;
    }

    private async Task<IReadOnlyList<CheckResult>> Check(bool atRest)
    {
        var connection = installation.Database.Connection("postgres");
        var node = installation.Broker.Nodes[0];
        using var evidence = new ServerEvidence(
            connection, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://admin:admin-dev@127.0.0.1:{node.ConsolePort}")), BrokerCluster.VirtualHost);
        return
        [
            new CheckResult(
                string.Create(CultureInfo.InvariantCulture, $"at rest within {TimeToRest.TotalSeconds:0} s of the last fault"), atRest ? [] : [await UnderWay(connection)]),
            await AlarmCheck.Run(connection, installation.Broker),
            .. await DeadLetterCheck.Run(installation.Broker, poisoner),
            .. await Settling.Check(() => evidence.Gather(CancellationToken.None), CancellationToken.None),
            .. await StartCheck.Run(connection, history),
            .. await SqlCheck.Run(connection),
            await Stops(),
        ];
    }

    // A shutdown drains what is being handled and ends by itself.
    private async Task<CheckResult> Stops()
    {
        var ends = await Task.WhenAll(installation.Supervised.Select(async process => (process, InTime: await process.Terminate())));
        return new CheckResult("every process ends when it is asked to", [.. ends
            .Where(end => !end.InTime || end.process.ExitStatus != 0)
            .Select(end => string.Create(CultureInfo.InvariantCulture, $"{end.process.Name}: {(end.InTime ? $"status {end.process.ExitStatus}" : "had to be killed")}"))]);
    }

    private static async Task<string> UnderWay(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(
            "select coalesce(string_agg(format('%s %s, waits for %s until %s', state, id, wake_for, wake_at), '; '), 'starts are not accepted') from (select * from orchestrator.saga where ended_at is null limit 10) open");
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
