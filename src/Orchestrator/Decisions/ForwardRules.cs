using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions;

/// <summary>Executing steps, one after another.</summary>
internal static class ForwardRules
{
    public static void Begin(Turn turn)
    {
        if (turn.Progress.State == SagaState.Started)
        {
            turn.Progress = turn.Progress with { State = SagaState.Pending, BeginDueAt = null };
            StartNext(turn);
        }
    }

    public static void Succeed(Turn turn, StepSucceeded reply)
    {
        var step = turn.Step(reply.Step);
        switch (step.State)
        {
            case StepState.Executing:
                // Any attempt will do: they share one command id, so the effect is there whichever was answered.
                turn.Decide(new KeepResult(step.Name));
                turn.Record(HistoryTypes.StepCompleted, step with { Attempt = reply.Attempt, DueAt = null });
                turn.Update(step.Settled(StepState.Completed));
                StartNext(turn);
                break;
            case StepState.Unknown or StepState.Compensating or StepState.Compensated:
                turn.Decide(new KeepResult(step.Name));
                turn.Decide(new Record(new HistoryEntry(
                    HistoryTypes.LateSuccess, step.Name, Direction.Do, reply.Attempt,
                    Reason: "The step had been given up as unknown; its compensation goes on.")));
                break;
            default:
                turn.Ignore(reply, $"The step is {step.State} already.");
                break;
        }
    }

    public static void Reject(Turn turn, StepRejected reply)
    {
        if (!Awaits(turn, reply, out var step))
        {
            return;
        }

        var failure = new Failure(step.Name, reply.Code, reply.Reason);
        turn.Record(HistoryTypes.StepRejected, step with { DueAt = null }, failure);
        turn.Update(step.Settled(StepState.Rejected, failure));
        CompensationRules.Begin(turn, failure);
    }

    public static void Fault(Turn turn, StepFaulted reply)
    {
        if (Awaits(turn, reply, out var step))
        {
            var failure = new Failure(step.Name, reply.Code, reply.Reason);
            turn.Record(HistoryTypes.StepFaulted, step with { DueAt = null }, failure);
            Unknown(turn, step, failure);
        }
    }

    /// <summary>The outcome of an attempt is unknown: try again with the same command id, or give up and undo this step too (rule S6).</summary>
    public static void Unknown(Turn turn, StepProgress step, Failure failure)
    {
        var policy = turn.Plan.Find(step.Name)!.Retry;
        if (step.Attempt < policy.Attempts)
        {
            turn.Backoff(step, policy, failure);
            return;
        }

        turn.Update(step.Settled(StepState.Unknown, failure));
        CompensationRules.Begin(turn, failure);
    }

    private static bool Awaits(Turn turn, ReplyInput reply, out StepProgress step)
    {
        step = turn.Step(reply.Step);
        if (step.State != StepState.Executing)
        {
            turn.Ignore(reply, $"The step is {step.State} already.");
            return false;
        }

        if (step.Wait != Wait.Reply || step.Attempt != reply.Attempt)
        {
            turn.Ignore(reply, $"Attempt {reply.Attempt} was given up; attempt {step.Attempt} counts.");
            return false;
        }

        return true;
    }

    private static void StartNext(Turn turn)
    {
        var next = turn.Progress.Steps.FirstOrDefault(step => step.State == StepState.Planned);
        if (next is null)
        {
            turn.Progress = turn.Progress with { State = SagaState.Completed };
            turn.Decide(new Record(new HistoryEntry(HistoryTypes.SagaCompleted)));
            turn.Decide(new PublishOutcome(SagaState.Completed));
            return;
        }

        var startOrder = turn.Progress.Steps.Count(step => step.StartOrder is not null) + 1;
        var undoId = SagaIds.OfCommand(turn.Progress.SagaId, next.Name, Direction.Undo);
        turn.Decide(new RegisterCompensation(next.Name, startOrder, undoId));
        turn.Send(next with { State = StepState.Executing, StartOrder = startOrder, Attempt = 1 }, HistoryTypes.StepStarted);
    }
}
