using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>Starting steps: stage after stage, the steps of one stage together.</summary>
internal static class StageRules
{
    public static void Begin(Turn turn)
    {
        if (turn.Saga.State == SagaState.Started)
        {
            turn.Set(turn.Saga with { State = SagaState.Pending, BeginDueAt = null });
            Advance(turn);
        }
    }

    /// <summary>A step is through: start the next stage when it was the last of its own, or go on settling.</summary>
    public static void Advance(Turn turn)
    {
        while (!turn.IsFailing && !turn.HasRunning)
        {
            var next = turn.Find(step => step.State == StepState.Planned);
            if (next < 0)
            {
                turn.End(SagaState.Completed);
                return;
            }

            StartStage(turn, turn.Planned(next).Stage);
        }

        FailureRules.UndoWhenSettled(turn);
    }

    private static void StartStage(Turn turn, int stage)
    {
        for (var index = 0; index < turn.Count && !turn.IsFailing; index++)
        {
            if (turn.Planned(index).Stage == stage && turn[index].State == StepState.Planned)
            {
                Start(turn, index);
            }
        }
    }

    private static void Start(Turn turn, int index)
    {
        if (!turn.Applies(index))
        {
            turn.Record(HistoryTypes.StepSkipped, turn[index]);
            turn.Set(index, turn[index].Settled(StepState.Skipped));
            return;
        }

        var started = turn[index] with { State = StepState.Executing, StartOrder = turn.NextStartOrder(), Attempt = 1 };
        turn.Set(index, started);
        if (turn.Planned(index).Signal is not null)
        {
            SignalRules.Await(turn, index);
            return;
        }

        if (turn.Planned(index).Kind == StepKind.Compensatable)
        {
            turn.Decide(new RegisterCompensation(started.Name, started.StartOrder.Value, turn.CommandId(index, Direction.Undo)));
        }

        turn.SendUnlessStopped(index, started, HistoryTypes.StepStarted);
    }
}
