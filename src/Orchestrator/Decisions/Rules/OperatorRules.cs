using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>What an operator can do, and when. What is not possible is refused with the reason (rule S33).</summary>
internal static class OperatorRules
{
    public static void Act(Turn turn, OperatorInput action)
    {
        switch (action)
        {
            case Cancel cancel:
                CancelRules.Cancel(turn, cancel);
                break;
            case PauseSaga pause:
                PauseRules.Pause(turn, pause);
                break;
            case ResumeSaga resume:
                PauseRules.Resume(turn, resume);
                break;
            case { } when turn.Saga.Pause is not null:
                turn.Decide(new Refuse("paused", "The saga is paused. Resume it first, or cancel it."));
                break;
            case ExtendDeadline { Step: null } extend:
                ExtendRules.ExtendSaga(turn, extend);
                break;
            case ExtendDeadline { Step: { } name } extend when TryFind(turn, name, out var index):
                ExtendRules.ExtendStep(turn, index, extend);
                break;
            case Rearm rearm when TryFind(turn, rearm.Step, out var index):
                ExtendRules.Rearm(turn, index, rearm);
                break;
            case RetryNow retry when TryFind(turn, retry.Step, out var index):
                Retry(turn, index, retry);
                break;
            case SkipCompensation skip when TryFindStuck(turn, skip.Step, out var index):
                Skip(turn, index, skip);
                break;
            case ResolveAsDone done when TryFindStuck(turn, done.Step, out var index, orRefused: true):
                ResolveDone(turn, index, done);
                break;
            case ResolveAsNotDone notDone when TryFindStuck(turn, notDone.Step, out var index):
                ResolveNotDone(turn, index, notDone);
                break;
        }
    }

    public static void Record(Turn turn, string type, OperatorInput action, StepProgress? step = null, DateTimeOffset? until = null) =>
        turn.Record(
            new HistoryEntry(
                type,
                step?.Name,
                step?.CurrentDirection,
                step?.CurrentAttempt,
                Reason: action.Why,
                DueAt: until,
                By: action.Who
            )
        );

    private static void Retry(Turn turn, int index, RetryNow action)
    {
        var step = turn[index];
        if (step.Wait is not (Wait.Operator or Wait.Retry))
        {
            turn.Decide(new Refuse("not-stuck", $"Step '{step.Name}' is {step.State} and neither stuck nor backed off. Nothing was sent."));
            return;
        }

        Record(turn, HistoryTypes.OperatorRetried, action, step);
        if (turn.Planned(index).Signal is not null)
        {
            SignalRules.Await(turn, index);
            StageRules.Advance(turn);
            return;
        }

        var isUndo = step.CurrentDirection == Direction.Undo;
        turn.Send(
            index,
            step.Wait == Wait.Retry ? step : Renewed(step, isUndo),
            isUndo ? HistoryTypes.CompensationRetried : HistoryTypes.StepRetried
        );
    }

    private static StepProgress Renewed(StepProgress step, bool isUndo) =>
        isUndo
            ? step with
            {
                UndoAttempt = step.UndoAttempt + 1,
                Forgiven = step.UndoAttempt,
                Unanswered = 0,
            }
            : step with
            {
                Attempt = step.Attempt + 1,
                Forgiven = step.Attempt,
                Unanswered = 0,
                Enquiries = 0,
                ForgivenEnquiries = 0,
                CalledNotDone = false,
            };

    private static void Skip(Turn turn, int index, SkipCompensation action)
    {
        var step = turn[index];
        if (step.CurrentDirection != Direction.Undo)
        {
            turn.Decide(
                new Refuse(
                    "not-a-compensation",
                    $"Step '{step.Name}' is not being undone, so there is no compensation to skip. Retry it, or resolve it as done or as "
                        + $"not done."
                )
            );
            return;
        }

        Record(turn, HistoryTypes.OperatorSkipped, action, step);
        turn.Set(index, step.Settled(StepState.CompensationSkipped));
        UnknownRules.Ask(turn, index);
        CompensationRules.UndoNext(turn);
    }

    private static void ResolveDone(Turn turn, int index, ResolveAsDone action)
    {
        var step = turn[index];
        Record(turn, HistoryTypes.OperatorResolvedAsDone, action, step);
        if (step.CurrentDirection == Direction.Undo)
        {
            UnknownRules.Ask(turn, index);
            CompensationRules.Undone(turn, index);
            return;
        }

        turn.Decide(new KeepResult(step.Name));
        turn.Set(index, step.Settled(StepState.Completed));
        StageRules.Advance(turn);
    }

    private static void ResolveNotDone(Turn turn, int index, ResolveAsNotDone action)
    {
        var step = turn[index];
        if (turn.Planned(index).Kind == StepKind.Retriable)
        {
            turn.Decide(
                new Refuse(
                    "after-pivot",
                    $"Step '{step.Name}' comes after the pivot, and nothing is rolled back any more. Retry it, or resolve it as done."
                )
            );
            return;
        }

        Record(turn, HistoryTypes.OperatorResolvedAsNotDone, action, step);
        var failure = step.Failure ?? new Failure(step.Name, Failure.NotDone, action.Why);
        if (step.CurrentDirection == Direction.Undo)
        {
            turn.Set(index, step.Settled(StepState.Rejected, failure));
            UnknownRules.Ask(turn, index);
            CompensationRules.UndoNext(turn);
            return;
        }

        // What was done before is undone only when no copy of this command can have its effect any more, and only the participant can see
        // to that.
        turn.Set(index, step with { CalledNotDone = true, Failure = failure });
        UnknownRules.Enquire(turn, index);
    }

    private static bool TryFindStuck(Turn turn, string name, out int index, bool orRefused = false)
    {
        if (!TryFind(turn, name, out index))
        {
            return false;
        }

        // A step whose result was refused has its effect; who gives the right result need not wait until it is stuck.
        if (turn[index].Wait == Wait.Operator || (orRefused && turn[index] is { IsRunning: true, RefusedResult: not null }))
        {
            return true;
        }

        turn.Decide(
            new Refuse("not-stuck", $"Step '{name}' is {turn[index].State} and does not wait for an operator. Nothing was changed.")
        );
        return false;
    }

    private static bool TryFind(Turn turn, string name, out int index)
    {
        index = turn.Find(name);
        if (index < 0)
        {
            turn.Decide(new Refuse("unknown-step", $"The saga has no step '{name}'."));
        }

        return index >= 0;
    }
}
