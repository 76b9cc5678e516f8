using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Sensitive;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>Records how a step turned out, and answers it, in the transaction of its effect; at once or after it was deferred.</summary>
internal static class StepAnswer
{
    /// <returns>False when the outcome is none that is answered now.</returns>
    public static async Task<bool> Give(
        UnitOfWork unit,
        CommandContext command,
        IFence fence,
        FenceRow row,
        StepOutcome outcome,
        CommitScope scope,
        CancellationToken cancellationToken,
        ResultSeal? seal = null
    )
    {
        switch (outcome)
        {
            case StepOutcome.Completed:
                var result = Reply.Store(outcome, seal);
                await fence.Save(scope, row with { Do = EffectState.Completed, DoReply = result }, cancellationToken);
                Reply.Completed(unit, command, result);
                return true;
            case StepOutcome.Rejected rejected:
                await fence.Save(scope, row with { Do = EffectState.Rejected, DoReply = Reply.Store(outcome) }, cancellationToken);
                Reply.Failed(unit, command, FailureKind.Rejected, rejected.Code, rejected.Reason);
                return true;
            case StepOutcome.Faulted faulted:
                await fence.Save(scope, row, cancellationToken);
                Reply.Failed(unit, command, FailureKind.Faulted, faulted.Code, faulted.Reason);
                return true;
            default:
                return false;
        }
    }
}
