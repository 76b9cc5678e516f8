namespace SagaOrchestrator.Decisions.Absences;

/// <summary>What kind of absence.</summary>
public enum AbsenceKind
{
    /// <summary>The participant is known to be away. Its queue keeps what is sent for the first time; nothing is sent again.</summary>
    Away,

    /// <summary>
    /// It reads its queue and answers nothing: what is sent may be lost, so it is sent again once the participant is back.
    /// </summary>
    Silent,

    /// <summary>An operator has stopped all sending to it.</summary>
    Stopped,

    /// <summary>It was away and may be back: this step may try whether it answers.</summary>
    Probed,
}
