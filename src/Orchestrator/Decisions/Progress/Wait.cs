namespace SagaOrchestrator.Decisions.Progress;

/// <summary>What a step waits for.</summary>
public enum Wait
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The participant's reply; the timer ends in an unknown outcome.</summary>
    Reply,

    /// <summary>The end of a backoff; the timer sends the command again.</summary>
    Retry,
}
