namespace SagaOrchestrator.Engine.Search;

/// <summary>What a saga of a list waits for.</summary>
public enum ListedWait
{
    /// <summary>A participant's reply.</summary>
    Reply,

    /// <summary>The end of a backoff.</summary>
    Retry,

    /// <summary>A participant's word whether a step happened.</summary>
    Enquiry,

    /// <summary>A signal.</summary>
    Signal,

    /// <summary>An operator, or a late answer.</summary>
    Operator,

    /// <summary>That somebody resumes it: it is paused.</summary>
    Resume,
}
