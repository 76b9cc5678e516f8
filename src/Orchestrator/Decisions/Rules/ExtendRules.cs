using System.Globalization;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>An operator can give more time, never less, and only where time still decides something (rule S43).</summary>
internal static class ExtendRules
{
    // Due times are added to, so none may be near the end of the calendar.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_525);

    public static void ExtendSaga(Turn turn, ExtendDeadline action)
    {
        if (turn.Saga.HasEnded || turn.IsFailing)
        {
            turn.Decide(new Refuse("too-late", "The saga has ended or is being undone, and its deadline decides nothing any more."));
        }
        else if (turn.Saga.DeadlineAt is not { } deadline)
        {
            turn.Decide(new Refuse("no-deadline", "The saga has no deadline, or it has passed. Nothing ends the saga for its age."));
        }
        else if (IsLater(turn, action.Until, deadline))
        {
            OperatorRules.Record(turn, HistoryTypes.OperatorExtended, action, until: action.Until);
            turn.Set(turn.Saga with { DeadlineAt = action.Until });
        }
    }

    public static void ExtendStep(Turn turn, int index, ExtendDeadline action)
    {
        var step = turn[index];
        if (step.Wait is not (Wait.Reply or Wait.Enquiry or Wait.Signal) || step.DueAt is not { } due)
        {
            turn.Decide(
                new Refuse("not-waiting", $"Step '{step.Name}' is {step.State} and waits for no answer and no signal. Nothing was changed.")
            );
        }
        else if (turn.IsFailing && step.IsRunning)
        {
            turn.Decide(
                new Refuse("settling", $"The saga has failed. Step '{step.Name}' is given the time that it has, then it is undone.")
            );
        }
        else if (IsLater(turn, action.Until, due))
        {
            OperatorRules.Record(turn, HistoryTypes.OperatorExtended, action, step, action.Until);
            turn.Set(index, step with { DueAt = action.Until });
        }
    }

    /// <summary>Makes a step's timer due now: it waits without one, or for what is lost (rule S26).</summary>
    public static void Rearm(Turn turn, int index, Rearm action)
    {
        var step = turn[index];
        if (step.Wait is not (Wait.Reply or Wait.Retry or Wait.Enquiry))
        {
            turn.Decide(new Refuse("not-waiting", $"Step '{step.Name}' is {step.State} and waits for no timer. Nothing was changed."));
            return;
        }

        OperatorRules.Record(turn, HistoryTypes.OperatorRearmed, action, step, turn.Now);
        turn.Set(index, step with { DueAt = turn.Now });
    }

    private static bool IsLater(Turn turn, DateTimeOffset until, DateTimeOffset now)
    {
        if (until > turn.Now + Longest)
        {
            turn.Decide(new Refuse("too-far", "Name a time within a hundred years."));
            return false;
        }

        if (until > now)
        {
            return true;
        }

        turn.Decide(
            new Refuse(
                "not-later",
                string.Create(CultureInfo.InvariantCulture, $"It waits until {now.UtcDateTime:O} already. Name a later time.")
            )
        );
        return false;
    }
}
