using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>A saga that fails starts nothing more, lets running branches answer, and then undoes (rule S4).</summary>
internal static class FailureRules
{
    public static void Fail(Turn turn, Failure failure)
    {
        if (!turn.IsFailing)
        {
            turn.Set(turn.Saga with { ForwardFailure = failure });
            StopWaiting(turn);
            if (turn.HasRunning)
            {
                turn.Record(new HistoryEntry(HistoryTypes.SettlingBegan, failure.Step, Code: failure.Code, Reason: failure.Reason));
            }
        }

        UndoWhenSettled(turn);
    }

    public static void UndoWhenSettled(Turn turn)
    {
        var hasBegun =
            turn.Saga.State is SagaState.Compensating or SagaState.Failed || turn.Find(step => step.State == StepState.Compensating) >= 0;
        if (turn.IsFailing && !turn.HasRunning && !hasBegun)
        {
            CompensationRules.Begin(turn);
        }
    }

    /// <summary>Gives a saga up from outside: a cancel, or its deadline. Only before the pivot.</summary>
    public static void GiveUp(Turn turn, string code, string reason)
    {
        var at = turn.Find(step => step.State is StepState.Executing or StepState.Planned);
        Fail(turn, new Failure(at < 0 ? string.Empty : turn[at].Name, code, reason));
    }

    /// <summary>How far a saga is with respect to its pivot.</summary>
    public static PivotSide SideOfPivot(Turn turn)
    {
        var side = PivotSide.Before;
        for (var index = 0; index < turn.Count; index++)
        {
            var step = turn[index];
            switch (turn.Planned(index).Kind)
            {
                case StepKind.Pivot when step.State == StepState.Executing && !IsUnsent(step):
                    side = PivotSide.Underway;
                    break;
                case StepKind.Pivot when step.State == StepState.Completed:
                case StepKind.Retriable when step.StartOrder is not null:
                    return PivotSide.After;
            }
        }

        return side;
    }

    // The first attempt waits to be sent only where the saga is paused, or the sending to its participant is stopped.
    private static bool IsUnsent(StepProgress step) => step is { Attempt: 1, Wait: Wait.Retry };

    // A command that was sent is waited for; what merely waits to be sent, asked or signalled is not, nor what no command could be made
    // for.
    private static void StopWaiting(Turn turn)
    {
        for (var index = 0; index < turn.Count; index++)
        {
            var step = turn[index];
            var end = (step.State, step.Wait) switch
            {
                (StepState.Executing, _) when turn.Planned(index).Kind == StepKind.Pivot && IsUnsent(step) => StepState.Skipped,
                (StepState.Planned, _) or (StepState.Executing, Wait.Signal) => StepState.Skipped,
                (StepState.Executing, Wait.Retry or Wait.Enquiry or Wait.Operator) => StepState.Unknown,
                _ => step.State,
            };
            if (end != step.State)
            {
                turn.Set(index, step.Settled(end));
            }
        }
    }
}

internal enum PivotSide
{
    Before,
    Underway,
    After,
}
