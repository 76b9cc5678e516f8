using SagaOrchestrator.Messages.Notifications;
using SagaOrchestrator.Outbox.Units;
using SagaOrchestrator.Participants.Kit.Steps;

namespace SagaOrchestrator.Chaos.Plants;

/// <summary>For one saga in ten the step is tried again in the transaction in which its first attempt has written already.</summary>
internal sealed class RetriedInTransaction(SagaStep<SendOrderConfirmation, SendCancellationNotice> step) : SagaStep<SendOrderConfirmation, SendCancellationNotice>
{
    private const int Every = 10;

    public override async Task<StepOutcome> Do(SendOrderConfirmation command, CommitScope scope, CancellationToken cancellationToken)
    {
        var outcome = await step.Do(command, scope, cancellationToken);
        return command.Saga!.SagaId.ToByteArray()[0] % Every == 0 ? await step.Do(command, scope, cancellationToken) : outcome;
    }

    public override Task<UndoOutcome> Undo(SendCancellationNotice command, CommitScope scope, CancellationToken cancellationToken) =>
        step.Undo(command, scope, cancellationToken);
}
