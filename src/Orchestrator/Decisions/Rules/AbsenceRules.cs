using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>
/// An outage is not a slow answer (rule S38). While a participant is absent, a timer spends no attempt and gives nothing up: the step goes
/// on waiting as it was. An answer that comes is taken all the same.
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
        switch (turn.AbsenceAt(index))
        {
            case null:
                return turn[index].Absence is { } past && Return(turn, index, past);
            case { Kind: AbsenceKind.Stopped } stopped:
                PutOff(turn, index, stopped);
                return true;
            case { Kind: AbsenceKind.Probed } probed:
                Forgive(turn, index);
                return Probe(turn, index, probed);
            case var absence:
                Forgive(turn, index);
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

    /// <summary>
    /// How long until a step that waits for an absent participant looks again, with jitter so that thousands do not come together.
    /// </summary>
    public static TimeSpan DelayOf(Turn turn, Absence absence)
    {
        var share = (turn.Now - absence.Since) * ShareOfOutage;
        var bounded =
            share < Shortest ? Shortest
            : share > Longest ? Longest
            : share;
        return bounded * (1 + turn.Jitter);
    }

    public static void Record(Turn turn, StepProgress step, Absence absence) =>
        turn.Record(
            new HistoryEntry(
                absence.Kind switch
                {
                    AbsenceKind.Stopped => HistoryTypes.SendingStopped,
                    AbsenceKind.Silent => HistoryTypes.ParticipantSilent,
                    _ => HistoryTypes.ParticipantAway,
                },
                step.Name,
                step.CurrentDirection,
                step.CurrentAttempt,
                Reason: absence.Reason,
                DueAt: step.DueAt
            )
        );

    // The attempts that timed out before anybody knew of the outage were lost to it, and are not spent.
    private static void Forgive(Turn turn, int index)
    {
        if (turn[index] is { Unanswered: > 0 } step)
        {
            turn.Set(index, step with { Forgiven = step.Forgiven + step.Unanswered, Unanswered = 0 });
        }
    }

    private static void PutOff(Turn turn, int index, Absence absence)
    {
        var step = turn[index];
        var kind = KindOf(absence, step.Absence);
        var isNew = step.Absence?.Kind != kind;
        var delay = DelayOf(turn, absence);
        var least = step.Wait == Wait.Retry ? TimeSpan.Zero : turn.Planned(index).Timeout * (1 + turn.Jitter);
        turn.Set(
            index,
            step with
            {
                DueAt = turn.Now + (delay > least ? delay : least),
                Absence = isNew ? absence with { Kind = kind } : step.Absence,
            }
        );
        if (isNew)
        {
            Record(turn, turn[index], turn[index].Absence!);
        }
    }

    // What was lost to silence stays lost, even if the participant's queue loses its consumer later.
    private static AbsenceKind KindOf(Absence found, Absence? known) =>
        (found.Kind, known?.Kind) switch
        {
            (AbsenceKind.Stopped, _) => AbsenceKind.Stopped,
            (AbsenceKind.Silent, _) or (_, AbsenceKind.Silent) => AbsenceKind.Silent,
            _ => AbsenceKind.Away,
        };

    // What was waited for has its whole time again. What waits to be sent, or may have been lost, is sent now.
    private static bool Return(Turn turn, int index, Absence past)
    {
        var step = turn[index] with { Absence = null };
        turn.Record(
            new HistoryEntry(HistoryTypes.ParticipantBack, step.Name, step.CurrentDirection, step.CurrentAttempt, Reason: past.Reason)
        );
        turn.Set(index, step);
        if (past.Kind != AbsenceKind.Stopped)
        {
            Forgive(turn, index);
        }

        switch (step.Wait)
        {
            case Wait.Retry:
                return false;
            case Wait.Enquiry when past.Kind is AbsenceKind.Stopped or AbsenceKind.Silent:
                // It may not have been asked at all.
                AskAgain(turn, index);
                return true;
            case Wait.Reply when past.Kind == AbsenceKind.Silent && (step.CurrentDirection == Direction.Undo || !turn.IsFailing):
                SendAgain(turn, index);
                return true;
            default:
                turn.Set(index, turn[index] with { DueAt = turn.Now + turn.Planned(index).Timeout });
                return true;
        }
    }

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
            case (_, Direction.Do) when turn.IsFailing:
                PutOff(turn, index, probed);
                return true;
            default:
                SendAgain(turn, index);
                return true;
        }
    }

    // Nobody may ever answer what was sent, so it is sent again under the same command id. It counts for nothing.
    private static void SendAgain(Turn turn, int index)
    {
        var step = turn[index] with { Forgiven = turn[index].Forgiven + 1 };
        if (step.CurrentDirection == Direction.Undo)
        {
            turn.Send(index, step with { UndoAttempt = step.UndoAttempt + 1 }, HistoryTypes.CompensationRetried);
        }
        else
        {
            turn.Send(index, step with { Attempt = step.Attempt + 1 }, HistoryTypes.StepRetried);
        }
    }

    private static void AskAgain(Turn turn, int index)
    {
        turn.Set(index, turn[index] with { ForgivenEnquiries = turn[index].ForgivenEnquiries + 1 });
        UnknownRules.Enquire(turn, index);
    }
}
