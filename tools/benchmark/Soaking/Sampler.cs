using System.Diagnostics;
using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Soaking;

/// <summary>Takes samples while the load goes on.</summary>
internal sealed class Sampler(RunningSystem running, BenchServers servers, string host, Processes processes)
{
    private const double MiB = 1 << 20;

    private readonly long began = Stopwatch.GetTimestamp();
    private long last = Stopwatch.GetTimestamp();
    private CpuTimes cpu = CpuTimes.Read(processes);
    private int firstUnderWay;

    public async Task<IReadOnlyList<SoakSample>> Take(int samples, TimeSpan every, CancellationToken cancellationToken)
    {
        var taken = new List<SoakSample>(samples);
        using var timer = new PeriodicTimer(every);
        while (taken.Count < samples && await timer.WaitForNextTickAsync(cancellationToken))
        {
            var sample = await Take(cancellationToken);
            taken.Add(sample);
            await Console.Error.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"    {sample.Seconds:0} s: {sample.PerSecond:0} sagas/s, {sample.UnderWay} under way, p99 {sample.P99:0} ms, CPU "
                        + $"{sample.CpuPerSaga.Values.Sum():0.00} ms/saga, loop {sample.Loop:0} us, orchestrator "
                        + $"{sample.Orchestrator.Resident:0} MiB"
                )
            );
        }

        return taken;
    }

    private async Task<SoakSample> Take(CancellationToken cancellationToken)
    {
        var (now, ledger) = (Stopwatch.GetTimestamp(), running.Client.Ledger);
        var took = ledger.Latencies(firstUnderWay, last, now);
        var used = CpuTimes.Read(processes);
        var sample = new SoakSample(
            Stopwatch.GetElapsedTime(began, now).TotalSeconds,
            await Memory(Roles.Orchestrator, cancellationToken),
            await Memory(Roles.Participants, cancellationToken),
            await servers.Broker.Depths(host),
            await TableSizes.Read(servers),
            ledger.Count,
            ledger.UnderWay(ref firstUnderWay),
            took.Length / Stopwatch.GetElapsedTime(last, now).TotalSeconds,
            took.Length == 0 ? null : Statistics.Percentile(took, 0.50),
            took.Length == 0 ? null : Statistics.Percentile(took, 0.99),
            used.Since(cpu).ByFigure.ToDictionary(time => time.Key, time => took.Length == 0 ? 0 : time.Value * 1000 / took.Length),
            CountingLoop.Microseconds()
        );
        (last, cpu) = (now, used);
        return sample;
    }

    private async Task<ProcessMemory> Memory(string role, CancellationToken cancellationToken)
    {
        var process = running.Of(role)[0];
        return new ProcessMemory(ProcFile.Memory(process.Id), await process.Heap(cancellationToken) / MiB);
    }
}
