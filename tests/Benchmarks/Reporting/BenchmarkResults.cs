using System.Text.Json;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;

namespace SagaOrchestrator.Benchmarks.Reporting;

/// <summary>Everything that was measured, and how.</summary>
internal sealed record BenchmarkResults(
    DateTimeOffset At, Machine Machine, ServerSettings Servers, IReadOnlyDictionary<string, string> Runtime, DriveOptions Options,
    IReadOnlyList<SystemResult> Systems)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<BenchmarkResults> Read(string file)
    {
        await using var stream = File.OpenRead(file);
        return (await JsonSerializer.DeserializeAsync<BenchmarkResults>(stream, Json))!;
    }

    public async Task Write(string file)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, this, Json);
    }

    /// <summary>How many times as much as another system; null when that was not measured.</summary>
    public double? Ratio(SystemResult system, string other, string figure) =>
        Systems.FirstOrDefault(candidate => candidate.Name == other) is { } found && found.Medians[figure] > 0
            ? system.Medians[figure] / found.Medians[figure]
            : null;
}

/// <summary>A system's figures: of each round, and the median of the rounds.</summary>
internal sealed record SystemResult(
    string Name, IReadOnlyDictionary<string, double> Medians, IReadOnlyList<IReadOnlyDictionary<string, double>> Rounds)
{
    public static SystemResult Of(string name, IReadOnlyList<IReadOnlyDictionary<string, double>> rounds) =>
        new(name, Figures.All.ToDictionary(figure => figure.Key, figure => Median([.. rounds.Select(round => round[figure.Key]).Order()])), rounds);

    private static double Median(double[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
