using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>Undoing steps in reverse order of start, each confirmed before the next is sent (rule S3).</summary>
internal static class CompensationRules
{
    private const string NothingToUndo = "nothing_to_undo";

    public static void Begin(Turn turn)
    {
        var failure = turn.Saga.ForwardFailure!;
        turn.Set(turn.Saga with { State = SagaState.Compensating, BeginDueAt = null });
        turn.Record(new HistoryEntry(HistoryTypes.CompensationBegan, failure.Step, Code: failure.Code, Reason: failure.Reason));
        UndoNext(turn);
    }

    public static void Succeed(Turn turn, int index, CompensationSucceeded reply)
    {
        var step = turn[index];
        if (step.State != StepState.Compensating)
        {
            Matching.Ignore(turn, reply, $"The step is {step.State}.");
            return;
        }

        // A saga that was parked here is no longer stuck: the late answer leads it out.
        turn.Record(
            HistoryTypes.CompensationCompleted,
            step with
            {
                UndoAttempt = reply.Attempt,
                DueAt = null,
            },
            reply.NothingToUndo ? NothingToUndo : null,
            reply.NothingToUndo ? "The participant had no effect to undo, and refuses the step from now on." : null
        );
        Undone(turn, index);
    }

    public static void Fail(Turn turn, int index, CompensationFailed reply)
    {
        var step = turn[index];
        if (step.State != StepState.Compensating || step.Wait != Wait.Reply || step.UndoAttempt != reply.Attempt)
        {
            Matching.Ignore(turn, reply, $"The step is {step.State}, and attempt {reply.Attempt} of its compensation is not waited for.");
            return;
        }

        var failure = new Failure(step.Name, reply.Code, reply.Reason);
        turn.Record(HistoryTypes.CompensationFailed, step with { DueAt = null }, failure);
        turn.Set(index, step with { Unanswered = 0 });
        Unknown(turn, index, failure);
    }

    /// <summary>An attempt to undo did not succeed: try again, then park. It never fails the saga (rule S14).</summary>
    public static void Unknown(Turn turn, int index, Failure failure)
    {
        var step = turn[index];
        turn.Set(turn.Saga with { CompensationFailure = failure });
        var policy = turn.Planned(index).CompensationRetry;
        if (policy.Allows(step.UndoAttempt - step.Forgiven, failure))
        {
            turn.Backoff(index, policy, step.Failure);
            return;
        }

        turn.Park(index, failure);
    }

    public static void Undone(Turn turn, int index)
    {
        turn.Set(index, turn[index].Settled(StepState.Compensated));
        turn.Set(turn.Saga with { Compensated = turn.Saga.Compensated.Add(turn[index].Name) });
        UndoNext(turn);
    }

    public static void UndoNext(Turn turn)
    {
        var next = -1;
        for (var index = 0; index < turn.Count; index++)
        {
            var isOpen =
                turn[index].State is StepState.Completed or StepState.Unknown && turn.Planned(index).Kind == StepKind.Compensatable;
            if (isOpen && (next < 0 || turn[index].StartOrder > turn[next].StartOrder))
            {
                next = index;
            }
        }

        if (next < 0)
        {
            turn.End(SagaState.Failed);
            return;
        }

        turn.SendUndo(next, turn[next] with { State = StepState.Compensating, UndoAttempt = 1 }, HistoryTypes.CompensationStarted);
    }
}
