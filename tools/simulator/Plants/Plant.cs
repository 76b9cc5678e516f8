namespace SagaOrchestrator.Simulator.Plants;

/// <summary>
/// Bugs that can be planted, to see that the simulator finds them. They live here alone: the product has no switch for any.
/// </summary>
public enum Plant
{
    /// <summary>The rules as they are.</summary>
    None,

    /// <summary>Neither inbox nor fence knows what was handled.</summary>
    NoDedup,

    /// <summary>A compensation for a command that was never seen leaves nothing behind.</summary>
    NoTombstone,

    /// <summary>Messages leave before the transaction commits.</summary>
    PublishBeforeCommit,

    /// <summary>Steps are undone in the order of the plan, not in reverse order of start.</summary>
    UndoInOrderOfId,

    /// <summary>A step of unknown outcome is taken as not done.</summary>
    UnknownNotUndone,

    /// <summary>A success that comes while its step is being undone is taken.</summary>
    LateReplyAccepted,

    /// <summary>A timer is compared by its step, not by its attempt.</summary>
    TimerWithoutAttempt,

    /// <summary>A message is acknowledged before its transaction commits.</summary>
    AckBeforeCommit,

    /// <summary>Attempts of a step count against its compensation.</summary>
    RetryBudgetShared,

    /// <summary>The outbox row is deleted before its message is sent.</summary>
    OutboxDeletedBeforePublish,

    /// <summary>A row is written although somebody else has changed it.</summary>
    StaleWriterAccepted,

    /// <summary>Compensation begins while other branches of the stage still run.</summary>
    BranchesNotSettled,

    /// <summary>A pivot of unknown outcome is compensated like any step.</summary>
    PivotCompensated,

    /// <summary>A cancel ends a saga that is compensating.</summary>
    CancelKillsCompensation,

    /// <summary>A saga goes on with the newest plan version.</summary>
    VersionNotPinned,

    /// <summary>A signal counts each time that it comes.</summary>
    SignalCountedTwice,

    /// <summary>An enquiry that finds nothing does not fence.</summary>
    EnquiryWithoutFence,

    /// <summary>What an operator calls not done is compensated without asking the participant.</summary>
    OperatorNotFenced,

    /// <summary>A timer fires before it is due.</summary>
    TimerFiresEarly,

    /// <summary>A timer spends an attempt although its participant is known to be away.</summary>
    OutageSpendsAttempts,

    /// <summary>Commands are sent although an operator has stopped that.</summary>
    StopDoesNotStop,

    /// <summary>A paused saga goes on as any other.</summary>
    PauseDoesNotHold,
}
