using System.Globalization;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>Steps that wait for people or other systems. A signal counts once; one that comes early is kept for its step.</summary>
internal static class SignalRules
{
    /// <summary>A step's turn has come: its signal may be there already.</summary>
    public static void Await(Turn turn, int index)
    {
        var planned = turn.Planned(index);
        var waiting = turn[index] with { Wait = Wait.Signal, DueAt = turn.SagaTime + planned.Timeout };
        turn.Set(index, waiting);
        turn.Record(HistoryTypes.SignalAwaited, waiting);
        if (turn.Saga.Signals.FirstOrDefault(signal => signal.Step is null && signal.Name == planned.Signal) is { } kept)
        {
            Use(turn, index, kept);
        }
    }

    public static void Receive(Turn turn, SignalReceived received)
    {
        if (turn.Saga.Signals.Any(known => known.Id == received.SignalId))
        {
            return;
        }

        var awaiting = FindStep(turn, received.Name, StepState.Executing);
        var declined = received.DeclineCode is { } code
            ? new Failure(awaiting < 0 ? string.Empty : turn[awaiting].Name, code, received.DeclineReason ?? string.Empty)
            : null;
        var signal = new ReceivedSignal(received.SignalId, received.Name, declined, Step: null);
        if (awaiting >= 0)
        {
            turn.Set(turn.Saga with { Signals = turn.Saga.Signals.Add(signal) });
            Use(turn, awaiting, signal);
            StageRules.Advance(turn);
        }
        else if (!turn.IsFailing && FindStep(turn, received.Name, StepState.Planned) >= 0)
        {
            turn.Set(turn.Saga with { Signals = turn.Saga.Signals.Add(signal) });
            turn.Decide(new KeepSignal(signal.Id));
            turn.Record(new HistoryEntry(HistoryTypes.SignalKept, Code: signal.Name));
        }
        else
        {
            turn.Record(new HistoryEntry(HistoryTypes.SignalIgnored, Code: signal.Name, Reason: "No step waits for it any more."));
        }
    }

    /// <summary>Nothing happened, so there is nothing to undo at this step.</summary>
    public static void TimeOut(Turn turn, int index)
    {
        var planned = turn.Planned(index);
        var failure = new Failure(
            turn[index].Name,
            Failure.Timeout,
            string.Create(CultureInfo.InvariantCulture, $"The signal '{planned.Signal}' did not come within {planned.Timeout}.")
        );
        turn.Record(HistoryTypes.SignalTimedOut, turn[index] with { DueAt = null }, failure);
        NotGiven(turn, index, failure);
    }

    private static void Use(Turn turn, int index, ReceivedSignal signal)
    {
        var step = turn[index];
        turn.Set(turn.Saga with { Signals = turn.Saga.Signals.Replace(signal, signal with { Step = step.Name }) });
        turn.Decide(new TakeSignal(signal.Id, step.Name));
        turn.Record(HistoryTypes.SignalReceived, step with { DueAt = null }, signal.Declined);
        if (signal.Declined is { } declined)
        {
            NotGiven(turn, index, declined with { Step = step.Name });
            return;
        }

        turn.Set(index, step.Settled(StepState.Completed));
    }

    private static void NotGiven(Turn turn, int index, Failure failure)
    {
        if (turn.Planned(index).Kind == Plans.StepKind.Retriable)
        {
            UnknownRules.GiveUp(turn, index, failure);
            return;
        }

        turn.Set(index, turn[index].Settled(StepState.Rejected, failure));
        FailureRules.Fail(turn, failure);
    }

    private static int FindStep(Turn turn, string signal, StepState state)
    {
        for (var index = 0; index < turn.Count; index++)
        {
            if (turn[index].State == state && turn.Planned(index).Signal is { } awaited && awaited == signal)
            {
                return index;
            }
        }

        return -1;
    }
}
