using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>Cancelling starts compensation. It never stops one, and is refused from the pivot on (rules S16 and S23).</summary>
internal static class CancelRules
{
    public static void Cancel(Turn turn, Cancel action)
    {
        if (turn.IsFailing)
        {
            // What is asked for is under way, or done.
            return;
        }

        switch (FailureRules.SideOfPivot(turn))
        {
            case PivotSide.Underway:
                turn.Decide(
                    new Refuse(
                        "pivot-underway",
                        "The pivot is under way, and its outcome decides whether the saga goes forward. Wait for it, or resolve it if the "
                            + "saga is parked."
                    )
                );
                break;
            case PivotSide.After:
                turn.Decide(
                    new Refuse("after-pivot", "The saga has passed its pivot and goes forward only; nothing is rolled back any more.")
                );
                break;
            case PivotSide.Before when turn.Saga.State == SagaState.Completed:
                turn.Decide(new Refuse("completed", "The saga is Completed. Start another one that takes its effect back."));
                break;
            default:
                OperatorRules.Record(turn, HistoryTypes.OperatorCancelled, action);
                FailureRules.GiveUp(turn, Failure.Cancelled, action.Why);
                break;
        }
    }
}
