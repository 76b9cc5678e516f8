using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>What ended sagas of a plan must have left.</summary>
/// <param name="Done">The effects of one that completed.</param>
/// <param name="Failed">The effects of one that failed; null for none.</param>
/// <param name="Undone">The steps that one that failed says were undone.</param>
/// <param name="Order">The column that orders the effects.</param>
internal sealed record ExpectedEnds(string Done, string? Failed, IReadOnlyList<string> Undone, string Order)
{
    /// <summary>The four steps after one another, of which the third may reject.</summary>
    public static ExpectedEnds Chain { get; } =
        new(
            Effects(Steps.All.Select(Do)),
            Effects(Steps.All.TakeWhile(step => step.Name != Steps.Ship).Select(Do).Concat(Steps.Undone.Select(step => step + ":undo"))),
            Steps.Undone,
            "at"
        );

    /// <summary>A step that nobody answers: no effect, and nothing to undo.</summary>
    public static ExpectedEnds TimedOut { get; } = new(string.Empty, null, [], "at");

    /// <summary>Which effects to look at, as SQL.</summary>
    public string Which { get; init; } = "true";

    /// <summary>Steps side by side, whose effects have no order in time.</summary>
    public static ExpectedEnds Parallel(int steps) =>
        new(Effects(Enumerable.Range(0, steps).Select(number => ParallelPlan.NameOf(number) + ":do")), null, [], "step");

    private static string Do(Step step) => step.Name + ":do";

    private static string Effects(IEnumerable<string> effects) => string.Join(',', effects);
}
