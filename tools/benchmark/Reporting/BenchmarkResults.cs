using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;

namespace SagaOrchestrator.Benchmarks.Reporting;

/// <summary>Everything that was measured, and how.</summary>
internal sealed record BenchmarkResults(
    DateTimeOffset At,
    Machine Machine,
    ServerSettings Servers,
    IReadOnlyDictionary<string, string> Runtime,
    DriveOptions Options,
    IReadOnlyList<SystemResult> Systems
)
{
    /// <summary>How many times as much as another system; null when that was not measured.</summary>
    public double? Ratio(SystemResult system, string other, string figure) =>
        Systems.FirstOrDefault(candidate => candidate.Name == other) is { } found && found.Medians[figure] > 0
            ? system.Medians[figure] / found.Medians[figure]
            : null;
}

/// <summary>A system's figures: of each round, and the median of the rounds.</summary>
internal sealed record SystemResult(
    string Name,
    IReadOnlyDictionary<string, double> Medians,
    IReadOnlyList<IReadOnlyDictionary<string, double>> Rounds
)
{
    public static SystemResult Of(string name, IReadOnlyList<IReadOnlyDictionary<string, double>> rounds) =>
        new(
            name,
            Figures.All.ToDictionary(figure => figure.Key, figure => Statistics.Median(rounds.Select(round => round[figure.Key]))),
            rounds
        );
}
