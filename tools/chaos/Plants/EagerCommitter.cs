using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Chaos.Plants;

/// <summary>Sends a unit's messages first, and commits then.</summary>
internal sealed class EagerCommitter(ICommitter committer, IMessageDispatcher dispatcher) : ICommitter
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    public async Task<CommitResult> Commit(UnitOfWork unit, CancellationToken cancellationToken)
    {
        foreach (var message in unit.Messages)
        {
            await dispatcher.Send(message, cancellationToken);
        }

        await Wait.For(Delay, cancellationToken);
        return await committer.Commit(unit, cancellationToken);
    }

    public Task<bool> IsHandled(Guid messageId, CancellationToken cancellationToken) => committer.IsHandled(messageId, cancellationToken);

    public Task<CommitResult?> Recall(InboxEntry entry, CancellationToken cancellationToken) => committer.Recall(entry, cancellationToken);

    public void DeleteSent(Guid messageId) => committer.DeleteSent(messageId);
}
