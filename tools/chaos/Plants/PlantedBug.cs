namespace SagaOrchestrator.Chaos.Plants;

/// <summary>
/// Bugs that can be planted in the processes under test, to see that a run finds them. The product has no switch for any.
/// </summary>
internal enum PlantedBug
{
    /// <summary>The product as it is.</summary>
    None,

    /// <summary>No service remembers which messages it has handled.</summary>
    NoInbox,

    /// <summary>A compensation for a command that was never seen leaves nothing behind.</summary>
    NoTombstone,

    /// <summary>Messages are acknowledged when they are delivered.</summary>
    AckBeforeCommit,

    /// <summary>The orchestrator's messages leave before its transaction commits.</summary>
    PublishBeforeCommit,

    /// <summary>Nobody looks for messages that were left in the outbox.</summary>
    SweeperOff,

    /// <summary>Steps are undone in the order of the plan.</summary>
    UndoInOrderOfId,

    /// <summary>A timer is compared by its step, not by its attempt.</summary>
    TimerWithoutAttempt,

    /// <summary>A handler is tried again in the transaction of its first attempt.</summary>
    RetryInTransaction,

    /// <summary>Dead letters do not say why they are there.</summary>
    DeadLetterWithoutReason,

    /// <summary>A saga is written although somebody else has changed it.</summary>
    StaleWriterAccepted,
}
