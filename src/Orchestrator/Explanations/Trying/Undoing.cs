using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Explanations.Answers;

namespace SagaOrchestrator.Explanations.Trying;

/// <summary>What is undone when a saga fails: it is made to fail, in a trial, and undone to its end.</summary>
internal static class Undoing
{
    private const int Most = 2000;

    /// <summary>What would be undone if the saga failed now; of one that fails, what is still to be undone.</summary>
    /// <returns>Null when it cannot fail any more.</returns>
    public static ImmutableArray<UndoneStep>? IfItFailed(PlanDefinition plan, SagaProgress progress, DateTimeOffset now)
    {
        if (progress.HasEnded)
        {
            return null;
        }

        var trial = new Trial(plan, progress, now, Most);
        return progress.ForwardFailure is not null || Fails(plan, trial) ? ToTheEnd(plan, trial, progress) : null;
    }

    /// <summary>What is undone of a saga that fails, from here on.</summary>
    public static ImmutableArray<UndoneStep> Rest(PlanDefinition plan, SagaProgress progress, DateTimeOffset now) =>
        progress.ForwardFailure is null || progress.HasEnded ? [] : ToTheEnd(plan, new Trial(plan, progress, now, Most), progress);

    // A cancel fails a saga anywhere before its pivot. While the pivot is under way, only its participant can.
    private static bool Fails(PlanDefinition plan, Trial trial)
    {
        var cancelled = trial.Look(new Cancel("somebody", "It fails."));
        if (cancelled.Decisions is not [Refuse, ..])
        {
            trial.Take(cancelled);
            return trial.Progress.ForwardFailure is not null;
        }

        return trial.Progress.Steps.FirstOrDefault(step => IsPivot(plan, step)) is { } pivot && IsRejected(trial, pivot.Name);
    }

    private static bool IsPivot(PlanDefinition plan, StepProgress step) =>
        step.State == StepState.Executing && plan.Find(step.Name)!.Kind == StepKind.Pivot;

    // What waits to be sent again is sent first.
    private static bool IsRejected(Trial trial, string pivot)
    {
        while (!trial.IsExhausted)
        {
            var step = trial.Progress.Find(pivot)!;
            trial.Take(Replies.Rejects(trial.Progress, step));
            if (trial.Progress.ForwardFailure is not null)
            {
                return true;
            }

            if (step.Wait != Wait.Retry || !Fire(trial, step))
            {
                return false;
            }
        }

        return false;
    }

    private static ImmutableArray<UndoneStep> ToTheEnd(PlanDefinition plan, Trial trial, SagaProgress before)
    {
        var undone = ImmutableArray.CreateBuilder<UndoneStep>();
        Settle(trial);
        while (!trial.IsExhausted && trial.Progress.Steps.FirstOrDefault(step => step.State == StepState.Compensating) is { } step)
        {
            var planned = plan.Find(step.Name)!;
            undone.Add(
                new UndoneStep(step.Name, planned.Participant, before.Find(step.Name)!.State is StepState.Executing or StepState.Unknown)
            );
            if (!trial.Take(Replies.Succeeds(planned, trial.Progress, step)))
            {
                break;
            }
        }

        return undone.ToImmutable();
    }

    // Nobody answers: each running step's time passes.
    private static void Settle(Trial trial)
    {
        while (!trial.IsExhausted && trial.Progress.Steps.FirstOrDefault(step => step.State == StepState.Executing) is { } running)
        {
            var left = running.Timer is not null ? Fire(trial, running) : trial.Take(Replies.Rejects(trial.Progress, running));
            if (!left)
            {
                break;
            }
        }
    }

    private static bool Fire(Trial trial, StepProgress step)
    {
        trial.PassUntil(step.Timer!);
        return trial.Take(new TimerFired(step.Timer!.Name));
    }
}
