using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>Takes the processor time from one moment to another.</summary>
internal sealed class Meter
{
    private readonly RunningSystem running;
    private readonly CpuTimes before;

    private Meter(RunningSystem running, CpuTimes before) => (this.running, this.before) = (running, before);

    public static async Task<Meter> Start(RunningSystem running, CancellationToken cancellationToken) =>
        new(running, CpuTimes.Read(await running.Processes(cancellationToken)));

    /// <summary>What was used since, for each of so many.</summary>
    public async Task<GrowthRow> Row(string part, string what, double perSecond, int count, CancellationToken cancellationToken)
    {
        var processes = await running.Processes(cancellationToken);
        var used = CpuTimes.Read(processes).Since(before);
        return new GrowthRow(
            part,
            what,
            perSecond,
            used.ByFigure.ToDictionary(time => time.Key, time => time.Value * 1000 / count),
            processes.OrchestratorPeak
        );
    }
}
