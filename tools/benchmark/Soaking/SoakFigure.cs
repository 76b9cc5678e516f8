namespace SagaOrchestrator.Benchmarks.Soaking;

/// <summary>A figure of each sample.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Format">How it is printed.</param>
/// <param name="Read">Reads it.</param>
internal sealed record SoakFigure(string Title, string Format, Func<SoakSample, double> Read)
{
    /// <summary>The last quarter may have so many times the second.</summary>
    public const double Factor = 1.15;

    /// <summary>Whether it must not grow.</summary>
    public bool IsJudged { get; init; }

    /// <summary>How much more than the factor allows is only chance.</summary>
    public double Allowance { get; init; }

    public Trend Over(IReadOnlyList<SoakSample> samples)
    {
        var medians = Quarters.Medians(samples, Read);
        return new Trend(Title, Format, medians, IsJudged ? medians[^1] <= (medians[1] * Factor) + Allowance : null);
    }
}

/// <summary>A figure over the run.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Format">How it is printed.</param>
/// <param name="Quarters">The median of each quarter.</param>
/// <param name="Flat">Whether it has not grown; null when it is not judged.</param>
internal sealed record Trend(string Title, string Format, IReadOnlyList<double> Quarters, bool? Flat);
