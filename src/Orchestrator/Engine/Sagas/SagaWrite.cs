using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Sagas;

/// <summary>The write of one saga in a unit of work.</summary>
internal sealed class SagaWrite(ISagaStore store, SagaInstance saga) : IUnitWork
{
    public Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken) =>
        store.Write(scope, saga, unit.Inbox?.MessageId, cancellationToken);
}
