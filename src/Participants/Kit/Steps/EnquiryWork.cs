using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Participants.Fencing;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>Answering whether a step happened. What did not is fenced in the same transaction, so that the answer stays true.</summary>
internal sealed class EnquiryWork(bool fenceUnfinished, CommandContext command, IFence fence, ILogger log) : IUnitWork
{
    public async Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken)
    {
        var row = await fence.Enter(scope, command.SagaId, command.Step, isFirst: false, cancellationToken);
        switch (FenceRules.OnEnquiry(row, fenceUnfinished))
        {
            case FenceVerdict.AnswerAgain:
                Reply.Reported(unit, command, ReportedOutcome.Done, row.DoReply);
                break;
            case FenceVerdict.AnswerInProgress:
                Reply.Reported(unit, command, ReportedOutcome.InProgress);
                break;
            case FenceVerdict.Tombstone:
                KitLog.FencedByEnquiry(log, command.Step);
                await fence.Save(scope, FenceRules.Fenced(row), cancellationToken);
                Reply.Reported(unit, command, ReportedOutcome.NotDone);
                break;
            default:
                Reply.Reported(unit, command, ReportedOutcome.NotDone);
                break;
        }
    }
}
