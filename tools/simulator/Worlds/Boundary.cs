namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>What goes wrong, and between which two things, while a message is handled.</summary>
internal enum Boundary
{
    /// <summary>Nothing goes wrong.</summary>
    None,

    /// <summary>The process dies before its transaction commits; the message is delivered again.</summary>
    CrashBeforeCommit,

    /// <summary>The process dies after the commit: nothing is sent, and the message is delivered again.</summary>
    CrashAfterCommit,

    /// <summary>The process dies after sending: outbox rows stay, and the message is delivered again.</summary>
    CrashAfterPublish,

    /// <summary>The process dies after deleting the outbox rows: the message is delivered again.</summary>
    CrashBeforeAck,

    /// <summary>What is sent does not reach the broker and is not confirmed.</summary>
    PublishLost,

    /// <summary>What is sent reaches the broker, and the confirm is lost.</summary>
    ConfirmLost,

    /// <summary>Another replica decides on a row that it read earlier.</summary>
    StaleRead,
}
