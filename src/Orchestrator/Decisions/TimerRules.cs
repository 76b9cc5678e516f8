using System.Globalization;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions;

/// <summary>Timers race with replies: one that no longer names what the saga waits for is ignored silently (rule S9).</summary>
internal static class TimerRules
{
    public static void Fire(Turn turn, TimerFired fired)
    {
        if (fired.Timer == SagaTimer.Begin && turn.Progress.BeginDueAt <= turn.Now)
        {
            ForwardRules.Begin(turn);
            return;
        }

        var step = turn.Progress.Steps.FirstOrDefault(step => step.Timer?.Name == fired.Timer);
        if (step is null || step.DueAt > turn.Now)
        {
            return;
        }

        switch (step.Wait, step.CurrentDirection)
        {
            case (Wait.Retry, Direction.Do):
                turn.Send(step, HistoryTypes.StepRetried);
                break;
            case (Wait.Retry, Direction.Undo):
                turn.Send(step, HistoryTypes.CompensationRetried);
                break;
            case (Wait.Reply, Direction.Do):
                TimeOut(turn, step, HistoryTypes.StepTimedOut, ForwardRules.Unknown);
                break;
            case (Wait.Reply, Direction.Undo):
                TimeOut(turn, step, HistoryTypes.CompensationTimedOut, CompensationRules.Unknown);
                break;
        }
    }

    private static void TimeOut(Turn turn, StepProgress step, string historyType, Action<Turn, StepProgress, Failure> then)
    {
        var planned = turn.Plan.Find(step.Name)!;
        var failure = new Failure(step.Name, Failure.Timeout, string.Create(
            CultureInfo.InvariantCulture,
            $"'{planned.Participant}' did not answer attempt {step.CurrentAttempt} within {planned.Timeout.TotalSeconds:0.###} s."));
        turn.Record(historyType, step with { DueAt = null }, failure);
        then(turn, step, failure);
    }
}
