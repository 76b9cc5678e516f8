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

    /// <summary>The participant's answer to the question whether the step happened; the timer asks again or gives up.</summary>
    Enquiry,

    /// <summary>A signal; the timer ends in a failure that left nothing behind.</summary>
    Signal,

    /// <summary>An operator, or a late answer. The saga is parked.</summary>
    Operator,
}
