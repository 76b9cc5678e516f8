using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>A participant that is still at work gets its time again, in either direction.</summary>
internal static class HeartbeatRules
{
    public static void Progress(Turn turn, int index, StepProgressed reply)
    {
        var step = turn[index];
        var isUndo = reply.CommandId == turn.CommandId(index, Direction.Undo);
        var current = isUndo ? step.State == StepState.Compensating : step.IsRunning;
        if (!current || step.Wait is not (Wait.Reply or Wait.Enquiry))
        {
            Matching.Ignore(turn, reply, $"The step is {step.State}, and no reply is waited for.");
            return;
        }

        if (!isUndo && turn.IsFailing)
        {
            Matching.Ignore(turn, reply, "The saga has failed; the step is given the time that it has, and no more.");
            return;
        }

        if (step.CalledNotDone)
        {
            Matching.Ignore(turn, reply, "An operator found the step not done, and the participant is being asked.");
            return;
        }

        var whole = turn.SagaTime + turn.Planned(index).Timeout;
        turn.Set(
            index,
            step with
            {
                Wait = Wait.Reply,
                // An operator may have given it more.
                DueAt = step.DueAt > whole ? step.DueAt : whole,
                Note = reply.Note ?? step.Note,
                Absence = null,
                Unanswered = 0,
            }
        );
        turn.Record(HistoryTypes.StepProgressed, turn[index], code: null, reason: reply.Note);
    }
}
