using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions;

/// <summary>Undoing steps in reverse order of start, each confirmed before the next is sent (rule S3).</summary>
internal static class CompensationRules
{
    public static void Begin(Turn turn, Failure failure)
    {
        turn.Progress = turn.Progress with
        {
            State = SagaState.Compensating,
            ForwardFailure = failure,
            Steps = [.. turn.Progress.Steps.Select(step => step.State == StepState.Planned ? step.Settled(StepState.Skipped) : step)],
        };
        turn.Decide(new Record(new HistoryEntry(
            HistoryTypes.CompensationBegan, failure.Step, Code: failure.Code, Reason: failure.Reason)));
        UndoNext(turn);
    }

    public static void Succeed(Turn turn, CompensationSucceeded reply)
    {
        var step = turn.Step(reply.Step);
        if (step.State != StepState.Compensating)
        {
            turn.Ignore(reply, $"The step is {step.State}.");
            return;
        }

        // A saga that was parked here is no longer stuck: the late answer leads it out.
        turn.Record(HistoryTypes.CompensationCompleted, step with { UndoAttempt = reply.Attempt, DueAt = null });
        turn.Update(step.Settled(StepState.Compensated));
        turn.Progress = turn.Progress with
        {
            State = SagaState.Compensating,
            Compensated = turn.Progress.Compensated.Add(step.Name),
        };
        UndoNext(turn);
    }

    public static void Fail(Turn turn, CompensationFailed reply)
    {
        var step = turn.Step(reply.Step);
        if (step.State != StepState.Compensating || step.Wait != Wait.Reply || step.UndoAttempt != reply.Attempt)
        {
            turn.Ignore(reply, $"The step is {step.State}, and attempt {reply.Attempt} of its compensation is not waited for.");
            return;
        }

        var failure = new Failure(step.Name, reply.Code, reply.Reason);
        turn.Record(HistoryTypes.CompensationFailed, step with { DueAt = null }, failure);
        Unknown(turn, step, failure);
    }

    /// <summary>An attempt to undo did not succeed: try again, then park. It never fails the saga (rule S14).</summary>
    public static void Unknown(Turn turn, StepProgress step, Failure failure)
    {
        turn.Progress = turn.Progress with { CompensationFailure = failure };
        var policy = turn.Plan.Find(step.Name)!.CompensationRetry;
        if (step.UndoAttempt < policy.Attempts)
        {
            turn.Backoff(step, policy, step.Failure ?? failure);
            return;
        }

        turn.Update(step with { Wait = Wait.None, DueAt = null });
        turn.Progress = turn.Progress with { State = SagaState.Parked };
        turn.Decide(new Record(new HistoryEntry(
            HistoryTypes.SagaParked, step.Name, Direction.Undo, step.UndoAttempt, failure.Code, failure.Reason)));
        turn.Decide(new PublishOutcome(SagaState.Parked));
    }

    private static void UndoNext(Turn turn)
    {
        var next = turn.Progress.Steps
            .Where(step => step.State is StepState.Completed or StepState.Unknown)
            .MaxBy(step => step.StartOrder);
        if (next is null)
        {
            turn.Progress = turn.Progress with { State = SagaState.Failed };
            turn.Decide(new Record(new HistoryEntry(HistoryTypes.SagaFailed)));
            turn.Decide(new PublishOutcome(SagaState.Failed));
            return;
        }

        turn.Send(next with { State = StepState.Compensating, UndoAttempt = 1 }, HistoryTypes.CompensationStarted);
    }
}
