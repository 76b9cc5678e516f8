using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>Many sagas at once that wait for a participant: it is not there while they are started, and comes when all are.</summary>
internal static class InFlightPart
{
    public static async Task Measure(ProductBench bench, CancellationToken cancellationToken)
    {
        var sagas = bench.Options.InFlightSagas;
        await using var running = await bench.Prepare("sagas in flight", PlanChoice.PatientChain);
        await running.Start([Roles.Orchestrator, Roles.Participants], cancellationToken);
        await bench.WarmUp(running, cancellationToken);
        bench.Found(
            await bench.Burst(
                running,
                GrowOptions.InFlightPart,
                string.Create(null, $"at most {bench.Options.InFlight} in flight"),
                cancellationToken
            )
        );
        await running.Stop(Roles.Participants);
        await bench.Servers.Checkpoint();
        bench.Found(await TakeIn(bench, running, sagas, cancellationToken));
        await bench.Servers.Checkpoint();
        var drained = await Drain(running, bench, sagas, cancellationToken);
        await bench.Verify(running, cancellationToken);
        await running.End();
        bench.Found(drained);
    }

    private static async Task<GrowthRow> TakeIn(ProductBench bench, RunningSystem running, int sagas, CancellationToken cancellationToken)
    {
        var meter = await ProductBench.Meter(running, cancellationToken);
        var took = await Intake.Start(bench.Servers, running, sagas, fail: false, cancellationToken);
        return await meter.Row(
            GrowOptions.InFlightPart,
            string.Create(CultureInfo.InvariantCulture, $"{sagas:#,0} starts taken in"),
            sagas / took,
            sagas,
            cancellationToken
        );
    }

    private static async Task<GrowthRow> Drain(RunningSystem running, ProductBench bench, int sagas, CancellationToken cancellationToken)
    {
        var meter = await ProductBench.Meter(running, cancellationToken);
        var since = await bench.Servers.Query<DateTime>("select clock_timestamp()");
        await running.Start([Roles.Participants], cancellationToken);
        await running.Client.Drained(cancellationToken);
        return await meter.Row(
            GrowOptions.InFlightPart,
            string.Create(CultureInfo.InvariantCulture, $"{sagas:#,0} in flight, drained"),
            sagas / await Took(bench.Servers, since),
            sagas,
            cancellationToken
        );
    }

    // From the first effect to the last end: starting the participants' process is not counted.
    private static async Task<double> Took(BenchServers servers, DateTime since)
    {
        var first = await servers.Query<DateTime>(
            BenchServers.ParticipantsDatabase,
            $"select min(at) from {Steps.All[0].Participant}.effect where at >= '{since:O}'"
        );
        var last = await servers.Query<DateTime>(BenchServers.OrchestratorDatabase, "select max(ended_at) from orchestrator.saga");
        return (last - first).TotalSeconds;
    }
}
