using System.Diagnostics;

namespace SagaOrchestrator.Benchmarks.Measuring;

/// <summary>Seconds of processor time so far, by figure.</summary>
internal sealed record CpuTimes(IReadOnlyDictionary<string, double> ByFigure)
{
    public static CpuTimes Read(Processes processes) =>
        new(
            new Dictionary<string, double>
            {
                [Figures.OrchestratorCpu] = processes.Orchestrators.Sum(ProcFile.Cpu),
                [Figures.ParticipantsCpu] = processes.Participants.Sum(ProcFile.Cpu),
                [Figures.PostgresCpu] = Postgres(processes.Servers.Postmaster),
                [Figures.RabbitMqCpu] = ProcFile.Cpu(processes.Servers.RabbitMq),
                [Figures.DriverCpu] = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds,
            }
        );

    public CpuTimes Since(CpuTimes before) => new(ByFigure.ToDictionary(time => time.Key, time => time.Value - before.ByFigure[time.Key]));

    private static double Postgres(int postmaster) =>
        ProcFile.CpuWithEndedChildren(postmaster) + ProcFile.ChildrenOf(postmaster).Sum(ProcFile.Cpu);
}
