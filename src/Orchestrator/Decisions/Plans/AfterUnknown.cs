namespace SagaOrchestrator.Decisions.Plans;

/// <summary>What follows when nobody knows whether a step happened (rule S6).</summary>
public enum AfterUnknown
{
    /// <summary>Send the command again with the same command id, as its retry policy says, and then give the step up.</summary>
    Retry,

    /// <summary>Ask the participant, as often as the retry policy has attempts, and then give the step up.</summary>
    Enquire,

    /// <summary>Give the step up at once: it is undone with the others.</summary>
    Compensate,
}
