using SagaOrchestrator.Benchmarks.Measuring;

namespace SagaOrchestrator.Benchmarks.Soaking;

/// <summary>Medians of the four quarters of a run. The first is for warming up; the last is compared with the second.</summary>
internal static class Quarters
{
    public const int Count = 4;

    public static IReadOnlyList<double> Medians(IReadOnlyList<SoakSample> samples, Func<SoakSample, double> figure) =>
        [
            .. Enumerable
                .Range(0, Count)
                .Select(quarter =>
                    Statistics.Median(
                        samples
                            .Skip(quarter * samples.Count / Count)
                            .Take(((quarter + 1) * samples.Count / Count) - (quarter * samples.Count / Count))
                            .Select(figure)
                    )
                ),
        ];
}
