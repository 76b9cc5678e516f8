using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>
/// A paused saga sends nothing, and its time stands still: no timer acts, not even its deadline. Answers and signals that come are taken
/// (rule S42).
/// </summary>
internal static class PauseRules
{
    public static void Pause(Turn turn, PauseSaga action)
    {
        if (turn.Saga.HasEnded)
        {
            turn.Decide(new Refuse("ended", $"The saga is {turn.Saga.State}, and nothing more happens to it."));
        }
        else if (turn.Saga.Pause is null)
        {
            OperatorRules.Record(turn, HistoryTypes.OperatorPaused, action);
            turn.Set(turn.Saga with { Pause = new Pause(turn.Now, action.Who, action.Why) });
        }
    }

    public static void Resume(Turn turn, ResumeSaga action)
    {
        if (turn.Saga.Pause is not { } pause)
        {
            turn.Decide(new Refuse("not-paused", $"The saga is {turn.Saga.State} and not paused. Nothing was changed."));
            return;
        }

        OperatorRules.Record(turn, HistoryTypes.OperatorResumed, action);
        var rested = turn.Now - pause.Since;
        turn.Set(turn.Saga with { Pause = null, BeginDueAt = turn.Saga.BeginDueAt + rested, DeadlineAt = turn.Saga.DeadlineAt + rested });
        for (var index = 0; index < turn.Count; index++)
        {
            GoOn(turn, index, pause, rested);
        }
    }

    /// <summary>Lets a step wait, with what it would have sent, until the saga is resumed.</summary>
    public static void Hold(Turn turn, int index, StepProgress step, Wait wait, Pause pause) =>
        turn.Set(index, step with { Wait = wait, DueAt = pause.Since, Absence = null });

    private static void GoOn(Turn turn, int index, Pause pause, TimeSpan rested)
    {
        var step = turn[index];
        switch (step.Wait)
        {
            case Wait.Retry when step.DueAt == pause.Since:
                TimerRules.SendWaiting(turn, index);
                break;
            case Wait.Enquiry when step.DueAt == pause.Since:
                UnknownRules.EnquireUnlessStopped(turn, index, step);
                break;
            default:
                turn.Set(index, step with { DueAt = step.DueAt + rested });
                break;
        }
    }
}
