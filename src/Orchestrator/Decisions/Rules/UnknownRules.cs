using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>Nobody knows whether a step happened: try again, ask, or give it up, as the plan says (rule S6).</summary>
internal static class UnknownRules
{
    public static void Unknown(Turn turn, int index, Failure failure)
    {
        var step = turn[index];
        var planned = turn.Planned(index);
        if (step.CalledNotDone)
        {
            // Silence confirms nothing: the step may have happened while the operator looked, and its answer may be on its way.
            turn.Set(index, step with { CalledNotDone = false });
            turn.Park(index, failure);
        }
        else if (turn.IsFailing || planned.AfterUnknown == AfterUnknown.Compensate)
        {
            GiveUp(turn, index, failure);
        }
        else if (planned.AfterUnknown == AfterUnknown.Enquire)
        {
            EnquireOrGiveUp(turn, index, failure);
        }
        else if (planned.Retry.Allows(step.Attempt - step.Forgiven, failure))
        {
            turn.Backoff(index, planned.Retry, failure);
        }
        else
        {
            GiveUp(turn, index, failure);
        }
    }

    /// <summary>
    /// Before the pivot the step is undone with the others. The pivot and what comes after it is never undone (rules S21 and S22).
    /// </summary>
    public static void GiveUp(Turn turn, int index, Failure failure)
    {
        if (turn.Planned(index).Kind is StepKind.Pivot or StepKind.Retriable)
        {
            turn.Set(index, turn[index] with { Failure = failure });
            turn.Park(index, failure);
            return;
        }

        turn.Set(index, turn[index].Settled(StepState.Unknown, failure));
        FailureRules.Fail(turn, failure);
    }

    private static void EnquireOrGiveUp(Turn turn, int index, Failure failure)
    {
        var step = turn[index];
        var planned = turn.Planned(index);
        if (step.Enquiries - step.ForgivenEnquiries >= planned.Retry.Attempts)
        {
            GiveUp(turn, index, failure);
            return;
        }

        EnquireUnlessStopped(turn, index, step with { Failure = step.Failure ?? failure });
    }

    /// <summary>Asks the participant, or lets the step wait where nothing may be sent.</summary>
    public static void EnquireUnlessStopped(Turn turn, int index, StepProgress step)
    {
        if (!turn.Holds(index, step, Wait.Enquiry))
        {
            turn.Set(index, step);
            Enquire(turn, index);
        }
    }

    /// <summary>Asks the participant and waits for the answer.</summary>
    public static void Enquire(Turn turn, int index)
    {
        turn.Set(index, turn[index] with { Wait = Wait.Enquiry, DueAt = turn.Now + turn.Planned(index).Timeout, Absence = null });
        Ask(turn, index);
        turn.Record(HistoryTypes.StepEnquired, turn[index]);
    }

    /// <summary>
    /// Asks the participant, which fences the step if it has not happened. Nobody waits for the answer when an operator settled the step
    /// without it: then the question makes the participant refuse any copy of the command that is still on its way (rule S8).
    /// </summary>
    public static void Ask(Turn turn, int index)
    {
        var step = turn[index] with { Enquiries = turn[index].Enquiries + 1 };
        turn.Set(index, step);
        var commandId = turn.CommandId(index, Direction.Do);
        turn.Decide(
            new SendEnquiry(
                step.Name,
                turn.Planned(index).Participant,
                step.Attempt,
                step.Enquiries,
                commandId,
                SagaIds.OfEnquiry(commandId, step.Attempt, step.Enquiries),
                step.CalledNotDone || !step.IsRunning
            )
        );
    }
}
