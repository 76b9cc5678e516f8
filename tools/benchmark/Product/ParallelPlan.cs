using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>One group of steps that run side by side, spread over the four participants.</summary>
internal sealed class ParallelPlan : OrderPlan
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public ParallelPlan(int steps) =>
        Parallel([
            .. Enumerable
                .Range(0, steps)
                .Select(number =>
                    Step(NameOf(number))
                        .At(Steps.All[number % Steps.All.Count].Participant)
                        .Within(Patience)
                        .Do((start, _) => new DoStep(StepContent.Of(NameOf(number), start.Order, null)))
                        .UndoneBy((start, _) => new UndoStep(start.Order.OrderId))
                ),
        ]);

    public static string NameOf(int number) => string.Create(null, $"side-{number:D4}");
}
