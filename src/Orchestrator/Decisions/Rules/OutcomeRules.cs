using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>What a participant's answer to a step means.</summary>
internal static class OutcomeRules
{
    public static void Succeed(Turn turn, int index, StepSucceeded reply)
    {
        var step = turn[index];
        switch (step.State)
        {
            case StepState.Executing:
                // Any attempt will do: they share one command id, so the effect is there whichever was answered.
                turn.Decide(new KeepResult(step.Name));
                turn.Record(HistoryTypes.StepCompleted, step with { Attempt = reply.Attempt, DueAt = null });
                turn.Set(index, step.Settled(StepState.Completed));
                StageRules.Advance(turn);
                break;
            case StepState.Unknown or StepState.Compensating or StepState.Compensated or StepState.CompensationSkipped:
                turn.Decide(new KeepResult(step.Name));
                turn.Record(
                    new HistoryEntry(
                        HistoryTypes.LateSuccess,
                        step.Name,
                        Direction.Do,
                        reply.Attempt,
                        Reason: "The step had been given up as unknown; its compensation goes on."
                    )
                );
                break;
            default:
                Matching.Ignore(turn, reply, $"The step is {step.State} already.");
                break;
        }
    }

    /// <summary>
    /// The effect is there, and nobody can go on from the answer. The step stays as open as it was: the next attempt, an enquiry or an
    /// operator may bring the right result, and its timer ends it as it would end any other (rule S39).
    /// </summary>
    public static void RefuseResult(Turn turn, int index, ResultRefused reply)
    {
        var step = turn[index];
        if (step.IsRunning)
        {
            turn.Set(index, step with { RefusedResult = reply.Reason });
        }

        turn.Record(new HistoryEntry(HistoryTypes.ResultRefused, step.Name, Direction.Do, reply.Attempt, Reason: reply.Reason));
    }

    public static void Reject(Turn turn, int index, StepRejected reply)
    {
        if (!Awaits(turn, index, reply))
        {
            return;
        }

        var failure = new Failure(reply.Step, reply.Code, reply.Reason);
        turn.Record(HistoryTypes.StepRejected, turn[index] with { DueAt = null }, failure);
        if (turn.Planned(index).Kind == StepKind.Retriable)
        {
            // Nothing is rolled back any more, so the only way is to try again (rule S21).
            turn.Set(index, turn[index] with { Unanswered = 0 });
            UnknownRules.Unknown(turn, index, failure);
            return;
        }

        turn.Set(index, turn[index].Settled(StepState.Rejected, failure));
        FailureRules.Fail(turn, failure);
    }

    public static void Fault(Turn turn, int index, StepFaulted reply)
    {
        if (turn[index].CalledNotDone)
        {
            Matching.Ignore(turn, reply, "An operator found the step not done, and the participant is being asked.");
        }
        else if (Awaits(turn, index, reply))
        {
            var failure = new Failure(reply.Step, reply.Code, reply.Reason);
            turn.Record(HistoryTypes.StepFaulted, turn[index] with { DueAt = null }, failure);
            turn.Set(index, turn[index] with { Unanswered = 0 });
            UnknownRules.Unknown(turn, index, failure);
        }
    }

    /// <summary>The answer to an enquiry. It holds for every attempt, because the participant refuses them all from now on.</summary>
    public static void NotDone(Turn turn, int index, StepNotDone reply)
    {
        var step = turn[index];
        if (!step.IsRunning || step.Enquiries == 0)
        {
            Matching.Ignore(turn, reply, $"The step is {step.State}, and no enquiry is open.");
            return;
        }

        var failure = new Failure(
            reply.Step,
            Failure.NotDone,
            $"'{turn.Planned(index).Participant}' answered that the step did not happen, and refuses it from now on."
        );
        turn.Record(HistoryTypes.StepNotDone, step with { DueAt = null }, failure);
        turn.Set(index, step.Settled(StepState.Rejected, failure));
        FailureRules.Fail(turn, failure);
    }

    private static bool Awaits(Turn turn, int index, ReplyInput reply)
    {
        var step = turn[index];
        if (!step.IsRunning)
        {
            Matching.Ignore(turn, reply, $"The step is {step.State} already.");
            return false;
        }

        if (step.Attempt != reply.Attempt)
        {
            Matching.Ignore(turn, reply, $"Attempt {reply.Attempt} was given up; attempt {step.Attempt} counts.");
            return false;
        }

        // A stuck step is led out by an answer that settles it; another failure tells nothing new.
        var settles = reply is StepRejected && turn.Planned(index).Kind != StepKind.Retriable;
        if (step.Wait is Wait.Reply or Wait.Enquiry || (step.Wait == Wait.Operator && settles))
        {
            return true;
        }

        Matching.Ignore(turn, reply, "The step is not waiting for it.");
        return false;
    }
}
