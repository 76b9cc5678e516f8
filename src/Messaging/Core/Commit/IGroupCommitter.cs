using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Commit;

/// <summary>Writes units that wait at the same time together, and hands their messages over as one group.</summary>
public interface IGroupCommitter : ICommitter
{
    /// <summary>
    /// Sends what was committed, before those who wait for the commit go on. When it is null, everything stays in the outbox.
    /// </summary>
    Action<OutboxGroup>? Send { get; set; }

    /// <summary>Begins to commit: ends when the unit's own code has run, and the unit waits for its group.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="cancellationToken">Ends the attempt until the unit waits for its group.</param>
    /// <returns>
    /// How the commit ends. It fails when the unit's code would have to run once more, which is for the caller to arrange.
    /// </returns>
    Task<Task<CommitResult>> Begin(UnitOfWork unit, CancellationToken cancellationToken);

    /// <summary>Deletes the row of messages that were committed together, all of which are confirmed, soon.</summary>
    void DeleteSent(OutboxGroup group);
}
