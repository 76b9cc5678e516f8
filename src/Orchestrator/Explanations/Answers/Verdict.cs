using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Explanations.Answers;

/// <summary>How a saga ended.</summary>
public enum VerdictKind
{
    /// <summary>Every step that applied was done.</summary>
    Completed,

    /// <summary>It failed, and nothing of it is left.</summary>
    Undone,

    /// <summary>It failed, and some of it may be left.</summary>
    UndoneExcept,
}

/// <summary>The verdict on an ended saga.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Stands">The effects that are there, or may be.</param>
/// <param name="OnAnOperatorsWord">Steps that an operator settled. Nobody else confirmed them.</param>
/// <param name="Sentence">The same in a sentence.</param>
public sealed record Verdict(
    VerdictKind Kind,
    ImmutableArray<StandingEffect> Stands,
    ImmutableArray<OperatorsWord> OnAnOperatorsWord,
    string Sentence
)
{
    /// <summary>How a saga ended, from its progress alone.</summary>
    /// <param name="plan">The saga's plan.</param>
    /// <param name="progress">How far it is.</param>
    /// <returns>Null while it has not ended.</returns>
    public static VerdictKind? KindOf(PlanDefinition plan, SagaProgress progress)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(progress);
        return !progress.HasEnded ? null
            : progress.State == SagaState.Completed ? VerdictKind.Completed
            : plan.Steps.Zip(progress.Steps).Any(pair => MayStand(pair.First, pair.Second)) ? VerdictKind.UndoneExcept
            : VerdictKind.Undone;
    }

    internal static bool MayStand(StepDefinition planned, StepProgress step) =>
        planned.Kind != StepKind.NoEffect
        && planned.Signal is null
        && step.State is (StepState.Completed or StepState.Unknown or StepState.CompensationSkipped);
}

/// <summary>An effect that is there, or may be.</summary>
/// <param name="Step">The step that made it.</param>
/// <param name="Participant">Where.</param>
/// <param name="IsCertain">Whether it is certain to be there.</param>
/// <param name="Why">Why it stands.</param>
public sealed record StandingEffect(string Step, string Participant, bool IsCertain, string Why);

/// <summary>What an operator said of a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Said">What: done, undone, not done, or given up.</param>
/// <param name="By">The operator.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, in the operator's words.</param>
public sealed record OperatorsWord(string Step, string Said, string? By, DateTimeOffset At, string? Reason);
