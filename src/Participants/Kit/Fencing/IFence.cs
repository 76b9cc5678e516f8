using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Kit.Fencing;

/// <summary>Where fence rows are kept.</summary>
internal interface IFence
{
    /// <summary>Locks the row of a saga's step until the transaction ends, and makes it when there is none.</summary>
    Task<FenceRow> Enter(CommitScope scope, Guid sagaId, string step, CancellationToken cancellationToken);

    /// <summary>Writes the row.</summary>
    Task Save(CommitScope scope, FenceRow row, CancellationToken cancellationToken);
}
