using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>Everything that was measured, and how.</summary>
internal sealed record GrowthResults(
    DateTimeOffset At,
    Machine Machine,
    ServerSettings Servers,
    IReadOnlyDictionary<string, string> Runtime,
    GrowOptions Options,
    IReadOnlyList<GrowthRow> Rows
);

/// <summary>One measurement.</summary>
/// <param name="Part">The part that it belongs to.</param>
/// <param name="What">What there was of what grows.</param>
/// <param name="PerSecond">How many sagas a second, or how many of what it names.</param>
/// <param name="CpuMilliseconds">Processor time for each of them, by figure.</param>
/// <param name="OrchestratorPeak">The peak memory until then of the orchestrator that took most, in MiB.</param>
internal sealed record GrowthRow(
    string Part,
    string What,
    double PerSecond,
    IReadOnlyDictionary<string, double> CpuMilliseconds,
    double OrchestratorPeak
)
{
    /// <summary>In words, for the table.</summary>
    public string Remark { get; init; } = string.Empty;

    /// <summary>The numbers behind the words.</summary>
    public IReadOnlyDictionary<string, double> More { get; init; } = new Dictionary<string, double>();
}
