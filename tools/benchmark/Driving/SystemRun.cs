using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>One round of one system.</summary>
internal sealed class SystemRun(SystemUnderTest system, DriveOptions options, BenchServers servers, string logs)
{
    private readonly Dictionary<string, double> figures = [];

    public async Task<IReadOnlyDictionary<string, double>> Measure(CancellationToken cancellationToken)
    {
        await using var sink = system.Sampled is { } sampled ? await SpanSink.Start(sampled) : null;
        await using var running = await RunningSystem.Prepare(system, servers, logs, sink: sink);
        await running.Start([Roles.Orchestrator, Roles.Participants], cancellationToken);
        await Phases(running.Client, await running.Processes(cancellationToken), cancellationToken);
        await running.End();
        if (sink is not null)
        {
            Tell(sink, running.Client.Ledger.Count);
        }

        return figures;
    }

    private async Task Phases(LoadClient client, Processes processes, CancellationToken cancellationToken)
    {
        var counters = await TrafficCounters.Read(servers, system);
        await client.Burst(options.WarmUp, options.InFlight, _ => false, cancellationToken);
        await Verification.Check(system, client.Ledger, servers);
        await RefuseOtherQueues();
        await AllSucceed(client, processes, cancellationToken);
        await Traffic(counters, options.WarmUp + options.Sagas, cancellationToken);
        await Verification.Check(system, client.Ledger, servers);
        await SomeFail(client, cancellationToken);
        await Latency(client, cancellationToken);
        Memory(processes);
    }

    private async Task AllSucceed(LoadClient client, Processes processes, CancellationToken cancellationToken)
    {
        await servers.Checkpoint();
        var (cpu, log) = (CpuTimes.Read(processes), await WalPosition());
        figures[Figures.AllSucceed] = await client.Burst(options.Sagas, options.InFlight, _ => false, cancellationToken);
        var used = CpuTimes.Read(processes).Since(cpu);
        figures[Figures.WalBytes] = (await WalPosition() - log) / (double)options.Sagas;
        foreach (var (figure, seconds) in used.ByFigure)
        {
            figures[figure] = seconds * 1000 / options.Sagas;
        }

        Tell(Figures.AllSucceed);
    }

    // Over the warm-up too, whose sagas are the same, because these counters come late and need not be awaited twice.
    private async Task Traffic(TrafficCounters before, int sagas, CancellationToken cancellationToken)
    {
        var after = await TrafficCounters.Settled(servers, system, cancellationToken);
        figures[Figures.OrchestratorTransactions] = (after.OrchestratorTransactions - before.OrchestratorTransactions) / (double)sagas;
        figures[Figures.ParticipantTransactions] = (after.ParticipantTransactions - before.ParticipantTransactions) / (double)sagas;
        figures[Figures.BrokerMessages] = (after.BrokerMessages - before.BrokerMessages) / (double)sagas;
    }

    private async Task SomeFail(LoadClient client, CancellationToken cancellationToken)
    {
        // Nothing has been undone before, so that code is warmed up too.
        await client.Burst(options.FailingWarmUp, options.InFlight, DriveOptions.Fails, cancellationToken);
        await servers.Checkpoint();
        figures[Figures.SomeFail] = await client.Burst(options.FailingSagas, options.InFlight, DriveOptions.Fails, cancellationToken);
        await Verification.Check(system, client.Ledger, servers);
        Tell(Figures.SomeFail);
    }

    private async Task Latency(LoadClient client, CancellationToken cancellationToken)
    {
        await servers.Checkpoint();
        var took = await client.Steady(options.LatencySagas, DriveOptions.SagasPerSecond, cancellationToken);
        await Verification.Check(system, client.Ledger, servers);
        figures[Figures.P50] = Statistics.Percentile(took, 0.50);
        figures[Figures.P99] = Statistics.Percentile(took, 0.99);
        Tell(Figures.P50);
        Tell(Figures.P99);
    }

    private void Memory(Processes processes)
    {
        figures[Figures.OrchestratorMemory] = processes.OrchestratorPeak;
        figures[Figures.ParticipantsMemory] = ProcFile.PeakMemory(processes.Participants[0]);
    }

    private async Task RefuseOtherQueues()
    {
        foreach (var (queue, type) in await servers.Broker.QueueTypes(BenchServers.HostOf(system)))
        {
            if (type != "quorum")
            {
                throw new BenchmarkFailure($"{system.Name}: the queue '{queue}' is {type}. Only quorum queues are compared.");
            }
        }
    }

    private Task<long> WalPosition() => servers.Query<long>("select (pg_current_wal_lsn() - '0/0')::bigint");

    private void Tell(SpanSink sink, int sagas)
    {
        if (sink.Spans == 0)
        {
            throw new BenchmarkFailure($"{system.Name}: no span arrived, so this was no measurement of a traced product.");
        }

        Console.Error.WriteLine($"    spans that arrived: {sink.Spans}, of {sagas} sagas; {sink.Bytes / sink.Spans} bytes each");
    }

    private void Tell(string figure) =>
        Console.Error.WriteLine($"    {Figures.All.First(candidate => candidate.Key == figure).Title}: {figures[figure]:0.0}");
}
