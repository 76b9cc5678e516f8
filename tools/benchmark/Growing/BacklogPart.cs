using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>
/// The orchestrator comes back from a long absence: a reply to each of many sagas waits in its queue, and many of their timers are overdue.
/// It must hear the replies before it gives up what they answer.
/// </summary>
internal static class BacklogPart
{
    private const int Quick = 20;
    private const int Usual = 240;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    public static async Task Measure(ProductBench bench, CancellationToken cancellationToken)
    {
        var (sagas, overdue) = (bench.Options.InFlightSagas, bench.Options.Overdue);
        await using var running = await bench.Prepare("backlog", PlanChoice.ChainWithin(sagas < 10_000 ? Quick : Usual));
        await running.Start([Roles.Orchestrator, Roles.Participants], cancellationToken);
        await bench.WarmUp(running, cancellationToken);
        bench.Found(
            await bench.Burst(
                running,
                GrowOptions.BacklogPart,
                string.Create(null, $"at most {bench.Options.InFlight} in flight"),
                cancellationToken
            )
        );
        await running.Stop(Roles.Participants);
        await Intake.Start(bench.Servers, running, sagas, fail: false, cancellationToken);
        await running.Stop(Roles.Orchestrator);
        await running.Start([Roles.Participants], cancellationToken);
        await Until(async () => await running.Client.Waiting(Queues.Orchestrator) >= sagas, cancellationToken);
        await Until(async () => await Overdue(bench.Servers) >= overdue, cancellationToken);
        await bench.Servers.Checkpoint();
        var drained = await Drain(running, bench, sagas, cancellationToken);
        await bench.Verify(running, cancellationToken);
        await NoneGivenUp(bench.Servers);
        await running.End();
        bench.Found(drained);
    }

    private static async Task<GrowthRow> Drain(RunningSystem running, ProductBench bench, int sagas, CancellationToken cancellationToken)
    {
        var (since, late) = (await bench.Servers.Query<DateTime>("select clock_timestamp()"), await Overdue(bench.Servers));
        await running.Start([Roles.Orchestrator], cancellationToken);
        var meter = await ProductBench.Meter(running, cancellationToken);
        await running.Client.Drained(cancellationToken);
        // From the first turn to the last end: starting the orchestrator's process is not counted.
        var took = await bench.Servers.Query<double>(
            BenchServers.OrchestratorDatabase,
            string.Create(
                CultureInfo.InvariantCulture,
                $"select extract(epoch from (select max(ended_at) from orchestrator.saga) - (select min(at) from orchestrator.saga_turn "
                    + $"where at >= '{since:O}'))::float8"
            )
        );
        var row = await meter.Row(
            GrowOptions.BacklogPart,
            string.Create(CultureInfo.InvariantCulture, $"{sagas:#,0} replies in the queue, drained"),
            sagas / took,
            sagas,
            cancellationToken
        );
        return row with
        {
            Remark = string.Create(
                CultureInfo.InvariantCulture,
                $"{late:#,0} timers were overdue when the orchestrator came back, and none of them counted"
            ),
        };
    }

    private static Task<long> Overdue(BenchServers servers) =>
        servers.Query<long>(BenchServers.OrchestratorDatabase, "select count(*) from orchestrator.saga where wake_at < now()");

    private static async Task NoneGivenUp(BenchServers servers)
    {
        var wrong = await servers.Query<long>(
            BenchServers.OrchestratorDatabase,
            $"select count(*) from orchestrator.saga_history where type in ('{HistoryTypes.StepTimedOut}', '{HistoryTypes.StepRetried}', "
                + $"'{HistoryTypes.CompensationBegan}')"
        );
        if (wrong > 0)
        {
            throw new BenchmarkFailure($"{wrong} steps were given up, tried again or undone although their replies were waiting.");
        }
    }

    private static async Task Until(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Poll);
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
