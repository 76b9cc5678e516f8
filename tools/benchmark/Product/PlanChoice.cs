using System.Globalization;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>Which plan the product's orchestrator serves; as text, its kind and one number.</summary>
internal sealed record PlanChoice
{
    private const string ChainKind = "chain";
    private const string ParallelKind = "parallel";
    private const string TimerKind = "timer";
    private const string SearchedKind = "searched";

    private readonly string kind;
    private readonly int number;

    private PlanChoice(string kind, int number) => (this.kind, this.number) = (kind, number);

    /// <summary>Four steps after one another, as they are compared with other systems.</summary>
    public static PlanChoice Chain { get; } = new(ChainKind, 300);

    /// <summary>The same, with hours before anything is late.</summary>
    public static PlanChoice PatientChain { get; } = new(ChainKind, 4 * 3600);

    /// <summary>The same, with so many seconds for each step.</summary>
    public static PlanChoice ChainWithin(int seconds) => new(ChainKind, seconds);

    /// <summary>So many steps side by side.</summary>
    public static PlanChoice Parallel(int steps) => new(ParallelKind, steps);

    /// <summary>A step that fails when so many seconds have passed.</summary>
    public static PlanChoice Timer(int seconds) => new(TimerKind, seconds);

    /// <summary>A plan that declares columns.</summary>
    public static PlanChoice Searched { get; } = new(SearchedKind, 1);

    public static PlanChoice Parse(string text) =>
        text.Split(':') is [var kind, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new PlanChoice(kind, value)
            : throw new ArgumentException(
                $"There is no plan '{text}'. Say {ChainKind}:SECONDS, {ParallelKind}:STEPS or {TimerKind}:SECONDS.",
                nameof(text)
            );

    public Plan Make() =>
        kind switch
        {
            ChainKind => new BenchmarkPlan(TimeSpan.FromSeconds(number)),
            ParallelKind => new ParallelPlan(number),
            TimerKind => new TimerPlan(TimeSpan.FromSeconds(number)),
            SearchedKind => new SearchedPlan(),
            _ => throw new InvalidOperationException($"There is no plan of the kind '{kind}'."),
        };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{kind}:{number}");
}
