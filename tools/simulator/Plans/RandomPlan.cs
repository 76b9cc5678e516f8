using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Simulator.Worlds;

namespace SagaOrchestrator.Simulator.Plans;

/// <summary>Plans of any shape that the validator accepts: stages, pivots, retriable steps, conditions, signals, deadlines.</summary>
internal static class RandomPlan
{
    public const int MostSteps = 5;

    private static readonly string[] Names = ["a", "b", "c", "d", "e"];
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly int[] Attempts = [1, 2, 3, 1];

    public static PlanDefinition Draw(Choices choices)
    {
        var count = 1 + choices.Below(MostSteps);
        // Where the saga goes forward only: at a pivot, or at the first retriable step, or nowhere.
        var final = choices.Below(count + 2);
        var hasPivot = choices.Below(3) > 0;
        var steps = new StepDefinition[count];
        var stage = 0;
        for (var index = 0; index < count; index++)
        {
            var kind =
                index < final ? StepKind.Compensatable
                : index == final && hasPivot ? StepKind.Pivot
                : StepKind.Retriable;
            var joins =
                index > 0
                && choices.Below(3) == 0
                && Family(steps[index - 1].Kind) == Family(kind)
                && kind != StepKind.Pivot
                && steps[index - 1].Kind != StepKind.Pivot;
            stage += joins ? 0 : 1;
            steps[index] = Step(choices, Names[index], kind, stage);
        }

        return new PlanDefinition("random", version: 1, steps, choices.Below(4) == 0 ? TimeSpan.FromMinutes(2) : null);
    }

    private static bool Family(StepKind kind) => kind is StepKind.Compensatable or StepKind.NoEffect;

    private static RetryPolicy Policy(Choices choices, string notRetryable) =>
        new(Attempts[choices.Below(Attempts.Length)], Second, Second) { NotRetryable = choices.Below(6) == 5 ? [notRetryable] : [] };

    private static StepDefinition Step(Choices choices, string name, StepKind kind, int stage)
    {
        var step = new StepDefinition(name, name, TimeSpan.FromSeconds(30))
        {
            Kind = kind,
            Stage = stage,
            HasCompensation = kind == StepKind.Compensatable,
            Conditional = choices.Below(6) == 5,
            Retry = Policy(choices, "faulted"),
            CompensationRetry = Policy(choices, "stuck"),
            AfterUnknown = kind switch
            {
                StepKind.Retriable => AfterUnknown.Retry,
                StepKind.Pivot => (AfterUnknown)choices.Below(2),
                _ => (AfterUnknown)choices.Below(3),
            },
        };
        return (choices.Below(8), kind) switch
        {
            (7, StepKind.Compensatable) => step with
            {
                Kind = StepKind.NoEffect,
                HasCompensation = false,
                Signal = "go",
                Participant = string.Empty,
            },
            (7, StepKind.Retriable) => step with { Signal = "go", Participant = string.Empty },
            (6, StepKind.Compensatable) => step with { Kind = StepKind.NoEffect, HasCompensation = false },
            _ => step,
        };
    }
}

/// <summary>Plans are drawn once and used by many runs, because checking a plan takes longer than running a saga on it.</summary>
internal sealed class PlanPool
{
    public const int Size = 4096;

    private readonly PlanDefinition?[] plans = new PlanDefinition?[Size];
    private readonly Choices choices = new();

    public PlanDefinition this[int index] => plans[index] ??= Draw(index);

    /// <summary>Another plan of the same type, for a node that knows a newer version.</summary>
    public PlanDefinition Newer(int index) => this[(index + 1) % Size];

    private PlanDefinition Draw(int index)
    {
        choices.FromSeed((ulong)index);
        return RandomPlan.Draw(choices);
    }
}
