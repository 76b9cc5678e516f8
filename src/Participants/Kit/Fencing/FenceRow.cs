namespace SagaOrchestrator.Participants.Fencing;

/// <summary>What a participant remembers about one step of one saga.</summary>
internal sealed record FenceRow(Guid SagaId, string Step)
{
    /// <summary>Counts the changes of the row; 0 when it is not stored.</summary>
    public int Version { get; init; }

    public EffectState Do { get; init; }

    /// <summary>The latest attempt of the command that was seen.</summary>
    public int DoAttempt { get; init; }

    /// <summary>
    /// The answer that was given. While one is still to come: with which key its marked values are encrypted, or null when it has none.
    /// </summary>
    public string? DoReply { get; init; }

    public EffectState Undo { get; init; }

    /// <summary>The compensation came for a command that was never seen (rule S7).</summary>
    public bool Tombstone { get; init; }
}

internal enum EffectState
{
    None,

    /// <summary>A call outside may have been made.</summary>
    Begun,

    /// <summary>The step was accepted and will be answered later.</summary>
    Deferred,
    Completed,
    Rejected,
}
