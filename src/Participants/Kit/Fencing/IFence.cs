using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Participants.Fencing;

/// <summary>Where fence rows are kept.</summary>
internal interface IFence
{
    /// <summary>
    /// Reads the row of a saga's step; a blank one when there is none. Should somebody else change it before the unit is written, the unit
    /// is made again from what is there then.
    /// </summary>
    /// <param name="scope">The unit's transaction.</param>
    /// <param name="sagaId">The saga.</param>
    /// <param name="step">The step.</param>
    /// <param name="isFirst">Whether this is the first command of the step that was ever sent. Then its row is very likely blank.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<FenceRow> Enter(CommitScope scope, Guid sagaId, string step, bool isFirst, CancellationToken cancellationToken);

    /// <summary>Writes the row with the unit.</summary>
    Task Save(CommitScope scope, FenceRow row, CancellationToken cancellationToken);
}
