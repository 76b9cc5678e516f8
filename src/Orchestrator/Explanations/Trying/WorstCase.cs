using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Explanations.Trying;

/// <summary>
/// The slowest way to the end that does not wait for people, tried: every answer comes at the last moment of the last attempt. The saga
/// completes so; or one of its steps is not answered at all, and it is undone as slowly. The latest of these ends is the bound.
/// </summary>
internal static class WorstCase
{
    private const int Most = 4000;

    /// <returns>When it has ended or is parked, and whether it can be parked on the way; null when that takes too long to try.</returns>
    public static (DateTimeOffset EndsBy, bool CanPark)? Of(PlanDefinition plan, SagaProgress progress, DateTimeOffset now)
    {
        var endsBy = now;
        var canPark = false;
        var left = Most;
        foreach (var failing in plan.Steps.Select(step => step.Name).Where(step => IsOpen(progress, step)).Append(string.Empty))
        {
            var trial = new Trial(plan, progress, now, left);
            if (Run(plan, trial, failing) is not { } parks)
            {
                return null;
            }

            left = trial.Left;
            canPark |= parks;
            endsBy = trial.Now > endsBy ? trial.Now : endsBy;
        }

        return (endsBy, canPark);
    }

    private static bool IsOpen(SagaProgress progress, string step) =>
        progress.Find(step) is { State: StepState.Planned or StepState.Executing };

    // Whether it could have been parked on the way; null when it was not at an end after all.
    private static bool? Run(PlanDefinition plan, Trial trial, string failing)
    {
        var canPark = false;
        while (!trial.IsExhausted)
        {
            if (trial.Progress.HasEnded || trial.Progress.State == SagaState.Parked)
            {
                return canPark || trial.Progress.State == SagaState.Parked;
            }

            if (trial.NextTimer is not { } timer)
            {
                return null;
            }

            trial.PassUntil(timer);
            var silent = trial.Look(new TimerFired(timer.Name));
            canPark |= silent.Progress.State == SagaState.Parked;
            trial.Take(LastMoment(plan, trial, timer, silent, failing));
        }

        return null;
    }

    // The answer comes when there would be no further attempt. It is the step's that is to fail, which nobody answers.
    private static Decided LastMoment(PlanDefinition plan, Trial trial, SagaTimer timer, Decided silent, string failing)
    {
        var step = trial.Progress.Steps.FirstOrDefault(step => step.Timer?.Name == timer.Name);
        if (step is null || silent.Progress.Find(step.Name) is not { } after)
        {
            return silent;
        }

        var isLast = after.State != step.State || after.Wait == Wait.Operator;
        return isLast && (step.IsUndo() || step.Name != failing)
            ? trial.Look(Replies.Succeeds(plan.Find(step.Name)!, trial.Progress, step))
            : silent;
    }
}
