using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Sagas;

namespace SagaOrchestrator.Engine.Bulk;

/// <summary>What an action means for a saga.</summary>
internal static class BulkInputs
{
    /// <summary>What of a saga is acted on. A saga with nothing to act on is an item too: it is refused in words.</summary>
    public static IEnumerable<BulkTarget> Targets(BulkAction action, SagaInstance saga)
    {
        if (action.IsForWholeSagas || action.Step is not null)
        {
            return [new BulkTarget(saga.CorrelationId, action.IsForWholeSagas ? null : action.Step)];
        }

        var steps = saga.Progress.Steps.Where(step => IsMeant(action.Verb, step)).Select(step => step.Name).ToList();
        return steps.Count == 0
            ? [new BulkTarget(saga.CorrelationId, Step: null)]
            : steps.Select(step => new BulkTarget(saga.CorrelationId, step));
    }

    /// <summary>The input that the decider gets; null when the saga has no step that the action could be meant for.</summary>
    public static OperatorInput? Of(BulkAction action, string? step, OperatorNote note) =>
        (action.Verb, step) switch
        {
            (BulkVerb.Cancel, _) => new Cancel(note.Who, note.Why),
            (BulkVerb.Pause, _) => new PauseSaga(note.Who, note.Why),
            (BulkVerb.Resume, _) => new ResumeSaga(note.Who, note.Why),
            (BulkVerb.Extend, _) => new ExtendDeadline(step, action.Until!.Value, note.Who, note.Why),
            (_, null) => null,
            (BulkVerb.Retry, _) => new RetryNow(step, note.Who, note.Why),
            (BulkVerb.Skip, _) => new SkipCompensation(step, note.Who, note.Why),
            (BulkVerb.ResolveAsDone, _) => new ResolveAsDone(step, note.Who, note.Why),
            _ => new ResolveAsNotDone(step, note.Who, note.Why),
        };

    private static bool IsMeant(BulkVerb verb, StepProgress step) =>
        verb switch
        {
            BulkVerb.Retry => step.Wait is Wait.Operator or Wait.Retry,
            BulkVerb.Skip => step is { Wait: Wait.Operator, State: StepState.Compensating },
            BulkVerb.ResolveAsNotDone => step is { Wait: Wait.Operator, State: StepState.Executing },
            _ => step.Wait == Wait.Operator,
        };
}
