using SagaOrchestrator.Decisions.Forward;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Absences;

/// <summary>
/// An outage is not a slow answer (rule S38). While a participant is absent, a timer spends no attempt and gives nothing up: the step goes on
/// waiting as it was. An answer that comes is taken all the same.
/// </summary>
internal static class AbsenceRules
{
    // The longer the outage, the less often a step looks whether it is over: no more steps than that wake for nothing.
    private const double ShareOfOutage = 0.25;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>A step's timer fired.</summary>
    /// <returns>Whether that is all for now; false when what the timer was armed for is to happen.</returns>
    public static bool Takes(Turn turn, int index)
    {
        var step = turn[index];
        switch (turn.AbsenceAt(index))
        {
            case null:
                return step.Absence is { } past && Return(turn, index, past);
            case { Kind: AbsenceKind.Probed } probed:
                return Probe(turn, index, probed);
            case var absence:
                PutOff(turn, index, absence);
                return true;
        }
    }

    /// <summary>Lets a step wait that has something to send to a participant to which nothing may be sent.</summary>
    public static void Hold(Turn turn, int index, StepProgress step, Wait wait, Absence absence)
    {
        turn.Set(index, step with { Wait = wait });
        PutOff(turn, index, absence);
    }

    /// <summary>How long until a step that waits for an absent participant looks again, with jitter so that thousands do not come together.</summary>
    public static TimeSpan DelayOf(Turn turn, Absence absence)
    {
        var share = (turn.Now - absence.Since) * ShareOfOutage;
        var bounded = share < Shortest ? Shortest : share > Longest ? Longest : share;
        return bounded * (1 + turn.Jitter);
    }

    private static void PutOff(Turn turn, int index, Absence absence)
    {
        var step = turn[index];
        var kind = absence.Kind == AbsenceKind.Stopped ? AbsenceKind.Stopped : AbsenceKind.Away;
        var isNew = step.Absence?.Kind != kind;
        var delay = DelayOf(turn, absence);
        var least = step.Wait == Wait.Retry ? TimeSpan.Zero : turn.Planned(index).Timeout * (1 + turn.Jitter);
        // The attempt that timed out before anybody knew of the outage was lost to it, and is not spent.
        var isLost = isNew && kind == AbsenceKind.Away && step is { Wait: Wait.Retry, Failure.Code: Failure.Timeout };
        turn.Set(index, step with
        {
            DueAt = turn.Now + (delay > least ? delay : least), Absence = isNew ? absence with { Kind = kind } : step.Absence,
            Forgiven = isLost ? step.Forgiven + 1 : step.Forgiven,
        });
        if (isNew)
        {
            turn.Record(new HistoryEntry(
                kind == AbsenceKind.Stopped ? HistoryTypes.SendingStopped : HistoryTypes.ParticipantAway, step.Name, step.CurrentDirection, step.CurrentAttempt,
                Reason: absence.Reason, DueAt: turn[index].DueAt));
        }
    }

    // What was waited for has its whole time again. What waits to be sent is sent now.
    private static bool Return(Turn turn, int index, Absence past)
    {
        var step = turn[index] with { Absence = null };
        turn.Record(new HistoryEntry(HistoryTypes.ParticipantBack, step.Name, step.CurrentDirection, step.CurrentAttempt, Reason: past.Reason));
        turn.Set(index, step);
        switch (step.Wait)
        {
            case Wait.Retry:
                return false;
            case Wait.Enquiry when past.Kind == AbsenceKind.Stopped:
                // It may not have been asked at all.
                AskAgain(turn, index);
                return true;
            default:
                turn.Set(index, step with { DueAt = turn.Now + turn.Planned(index).Timeout });
                return true;
        }
    }

    // Nobody may ever answer what was sent, so it is sent again under the same command id. It counts for nothing.
    private static bool Probe(Turn turn, int index, Absence probed)
    {
        var step = turn[index];
        switch (step.Wait, step.CurrentDirection)
        {
            case (Wait.Retry, _):
                turn.Set(index, step with { Absence = null });
                return false;
            case (Wait.Enquiry, _):
                AskAgain(turn, index);
                return true;
            case (_, Direction.Undo):
                turn.Send(index, step with { UndoAttempt = step.UndoAttempt + 1, Forgiven = step.Forgiven + 1 }, HistoryTypes.CompensationRetried);
                return true;
            case (_, Direction.Do) when turn.IsFailing:
                PutOff(turn, index, probed);
                return true;
            default:
                turn.Send(index, step with { Attempt = step.Attempt + 1, Forgiven = step.Forgiven + 1 }, HistoryTypes.StepRetried);
                return true;
        }
    }

    private static void AskAgain(Turn turn, int index)
    {
        turn.Set(index, turn[index] with { ForgivenEnquiries = turn[index].ForgivenEnquiries + 1 });
        UnknownRules.Enquire(turn, index);
    }
}
