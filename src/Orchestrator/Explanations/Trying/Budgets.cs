using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Explanations.Trying;

/// <summary>How many attempts a step has: nobody answers, in a trial, until it is given up or parked.</summary>
internal static class Budgets
{
    private const int Most = 200;

    /// <summary>
    /// The last attempt, and the last enquiry, of a step in its current direction; null when there are too many to count.
    /// </summary>
    public static (int Attempts, int Enquiries)? OfCurrent(PlanDefinition plan, SagaProgress progress, string step, DateTimeOffset now) =>
        Last(plan, Present(progress, step), step, now);

    /// <summary>The last attempt of a step that is sent for the first time.</summary>
    public static int? OfNew(PlanDefinition plan, SagaProgress progress, string step, Direction direction, DateTimeOffset now)
    {
        var planned = plan.Find(step)!;
        if (planned.Signal is not null || (direction == Direction.Undo && !planned.HasCompensation))
        {
            return null;
        }

        var failure = direction == Direction.Undo ? new Failure(step, Failure.Cancelled, string.Empty) : null;
        var sent = new StepProgress
        {
            Name = step,
            StartOrder = 1,
            Attempt = 1,
            Wait = Wait.Reply,
            DueAt = now,
            State = StepState.Executing,
        };
        var asked = direction == Direction.Undo ? sent with { State = StepState.Compensating, UndoAttempt = 1 } : sent;
        return Last(
            plan,
            new SagaProgress
            {
                SagaId = progress.SagaId,
                CommandKey = progress.CommandKey,
                State = direction == Direction.Undo ? SagaState.Compensating : SagaState.Pending,
                ForwardFailure = failure,
                Steps =
                [
                    .. plan.Steps.Select(other =>
                        other.Name == step ? asked : new StepProgress { Name = other.Name, State = StepState.Skipped }
                    ),
                ],
            },
            step,
            now
        )?.Attempts;
    }

    private static (int Attempts, int Enquiries)? Last(PlanDefinition plan, SagaProgress progress, string step, DateTimeOffset now)
    {
        var trial = new Trial(plan, progress, now, Most);
        var start = trial.Progress.Find(step)!;
        var (attempts, enquiries) = (start.CurrentAttempt, start.Enquiries);
        while (!trial.IsExhausted)
        {
            var current = trial.Progress.Find(step)!;
            if (current.State != start.State || current.Timer is not { } timer)
            {
                return (attempts, enquiries);
            }

            (attempts, enquiries) = (Math.Max(attempts, current.CurrentAttempt), Math.Max(enquiries, current.Enquiries));
            trial.PassUntil(timer);
            if (!trial.Take(new TimerFired(timer.Name)))
            {
                return (attempts, enquiries);
            }
        }

        return null;
    }

    // An outage spends nothing, so it is not counted.
    private static SagaProgress Present(SagaProgress progress, string step) =>
        progress with
        {
            Steps = [.. progress.Steps.Select(other => other.Name == step ? other with { Absence = null } : other)],
        };
}
