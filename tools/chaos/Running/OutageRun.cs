using System.Globalization;
using Npgsql;
using SagaOrchestrator.Chaos.Checks;
using SagaOrchestrator.Chaos.Checks.Replay;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Load;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>
/// A participant is away for long while orders come evenly, and then back: none may fail for it, the backlog drains, nothing is doubled.
/// </summary>
internal sealed class OutageRun(ChaosOptions options, OutageOptions outage, Journal journal, Installation installation)
{
    private readonly OutageLog log = new();
    private readonly StartHistory history = new();

    /// <returns>How many checks do not hold.</returns>
    public static async Task<int> Run(ChaosOptions options, OutageOptions outage, TextWriter console, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Logs);
        using var journal = new Journal(Path.Combine(options.Logs, "journal.log"), console);
        await using var installation = await Installation.Start(options, journal);
        return await new OutageRun(options, outage, journal, installation).Go(console).WaitAsync(cancellationToken);
    }

    private async Task<int> Go(TextWriter console)
    {
        using var end = new CancellationTokenSource();
        var messages = new MessageClient(installation.Broker, history);
        using var client = new Client([.. installation.Nodes.Orchestrators.Select(node => node.Api!)], messages, history);
        var running = messages.Run(end.Token);
        var starting = client.Run(new OrderMix(options.Seed + 1, failing: 0), 0, outage.Orders, outage.Whole, end.Token);
        await Wait.For(OutageOptions.Around);
        await Strike();
        var began = journal.Now;
        await starting;
        await using var database = NpgsqlDataSource.Create(installation.Database.Connection("postgres"));
        var atRest = await Wait.Until(() => IsAtRest(database), outage.Length + options.TimeToRest);
        journal.Write(
            atRest ? "rest" : "NO REST",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(journal.Now - began).TotalSeconds:0.0} s after the participant was started again"
            )
        );
        await end.CancelAsync();
        await running;
        return Tell(await Check(atRest), console);
    }

    private async Task Strike()
    {
        var process = installation.Nodes.Participants.Single(node => node.Name == outage.Participant).Process;
        journal.Write(
            "outage",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{outage.Participant} for {outage.Seconds:0} "
                    + $"s{(outage.IsSilent ? ", with something in its place that answers nothing" : string.Empty)}"
            )
        );
        await process.Terminate();
        var from = DateTimeOffset.UtcNow;
        using var over = new CancellationTokenSource(outage.Length);
        await (outage.IsSilent ? Swallower.Run(installation.Broker, outage.Participant, over.Token) : Wait.For(outage.Length));
        log.Add(outage.Participant, from, DateTimeOffset.UtcNow);
        process.Start();
        journal.Write("back", outage.Participant);
    }

    private async Task<bool> IsAtRest(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "select count(*) filter (where ended_at is null) = 0 and count(*) >= $1 from orchestrator.saga"
        );
        command.Parameters.Add(new NpgsqlParameter { Value = (long)history.Accepted });
        return history.IsSettled && (bool)(await command.ExecuteScalarAsync())! && await installation.Broker.IsEmpty();
    }

    private async Task<IReadOnlyList<CheckResult>> Check(bool atRest)
    {
        var connection = installation.Database.Connection("postgres");
        using var evidence = new ServerEvidence(
            connection,
            new Uri(
                string.Create(CultureInfo.InvariantCulture, $"http://admin:admin-dev@127.0.0.1:{installation.Broker.Nodes[0].ConsolePort}")
            ),
            ServerEvidence.AllServices,
            BrokerCluster.VirtualHost
        );
        return
        [
            new CheckResult("everything ends, and the backlog drains", atRest ? [] : ["not in time"]),
            await OutageCheck.Run(connection, log),
            await NotCompleted(connection),
            .. await Settling.Check(() => evidence.Gather(CancellationToken.None), CancellationToken.None),
            .. await StartCheck.Run(connection, history),
            .. await SqlCheck.Run(connection),
            await ReplayCheck.Run(connection, options),
        ];
    }

    /// <summary>Every saga must have completed.</summary>
    public static async Task<CheckResult> NotCompleted(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(
            "select format('saga %s is %s: %s', id, state, progress ->> 'forwardFailure') from orchestrator.saga where state <> "
                + "'Completed' limit 20"
        );
        await using var row = await command.ExecuteReaderAsync();
        var findings = new List<string>();
        while (await row.ReadAsync())
        {
            findings.Add(row.GetString(0));
        }

        return new CheckResult("every order completed", findings);
    }

    private int Tell(IReadOnlyList<CheckResult> checks, TextWriter console)
    {
        console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"\n{history.Accepted} orders, {outage.Participant} away for {outage.Seconds:0} s")
        );
        ChaosReport.Print(checks, console);

        return checks.Count(check => !check.Holds);
    }
}
