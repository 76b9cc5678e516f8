using System.Globalization;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>Timers race with replies: one that no longer names what the saga waits for is ignored silently (rule S9).</summary>
internal static class TimerRules
{
    public static void Fire(Turn turn, TimerFired fired)
    {
        switch (fired.Timer)
        {
            case { } when turn.Saga.Pause is not null:
                // Its time stands still.
                break;
            case SagaTimer.Begin when turn.Saga.BeginDueAt <= turn.Now:
                StageRules.Begin(turn);
                break;
            case SagaTimer.Deadline when turn.Saga.DeadlineAt <= turn.Now:
                PassDeadline(turn);
                break;
            default:
                var index = turn.Find(step => step.DueAt <= turn.Now && step.Timer?.Name == fired.Timer);
                if (index >= 0)
                {
                    FireOfStep(turn, index);
                }

                break;
        }
    }

    private static void FireOfStep(Turn turn, int index)
    {
        if (turn[index].Wait != Wait.Signal && AbsenceRules.Takes(turn, index))
        {
            return;
        }

        var step = turn[index];
        switch (step.Wait, step.CurrentDirection)
        {
            case (Wait.Retry, _):
                SendWaiting(turn, index);
                break;
            case (Wait.Signal, _):
                SignalRules.TimeOut(turn, index);
                break;
            case (_, Direction.Do):
                UnknownRules.Unknown(turn, index, TimeOut(turn, index, HistoryTypes.StepTimedOut));
                break;
            case (_, Direction.Undo):
                CompensationRules.Unknown(turn, index, TimeOut(turn, index, HistoryTypes.CompensationTimedOut));
                break;
        }
    }

    /// <summary>
    /// Sends what waits to be sent. The first attempt does so only when sending was stopped, or the saga was paused, before.
    /// </summary>
    public static void SendWaiting(Turn turn, int index)
    {
        var step = turn[index];
        if (step.CurrentDirection == Direction.Do)
        {
            turn.SendUnlessStopped(index, step, step.Attempt == 1 ? HistoryTypes.StepStarted : HistoryTypes.StepRetried);
        }
        else
        {
            turn.SendUndo(index, step, step.UndoAttempt == 1 ? HistoryTypes.CompensationStarted : HistoryTypes.CompensationRetried);
        }
    }

    private static Failure TimeOut(Turn turn, int index, string historyType)
    {
        var step = turn[index];
        var planned = turn.Planned(index);
        var what = step.Wait == Wait.Enquiry ? $"enquiry {step.Enquiries}" : $"attempt {step.CurrentAttempt}";
        var failure = new Failure(
            step.Name,
            Failure.Timeout,
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{planned.Participant}' did not answer {what} within {planned.Timeout.TotalSeconds:0.###} s."
            )
        );
        turn.Record(historyType, step with { DueAt = null }, failure);
        if (step.Wait == Wait.Reply)
        {
            turn.Set(index, step with { Unanswered = step.Unanswered + 1 });
        }

        return failure;
    }

    // It starts compensation and never stops one (rule S16). From the pivot on there is nothing that it could start.
    private static void PassDeadline(Turn turn)
    {
        turn.Record(new HistoryEntry(HistoryTypes.DeadlinePassed, DueAt: turn.Saga.DeadlineAt));
        turn.Set(turn.Saga with { DeadlineAt = null });
        if (!turn.IsFailing && FailureRules.SideOfPivot(turn) == PivotSide.Before)
        {
            FailureRules.GiveUp(turn, Failure.Deadline, "The saga's deadline passed.");
        }
    }
}
