namespace SagaOrchestrator.Decisions.Progress;

/// <summary>Where a step stands.</summary>
public enum StepState
{
    /// <summary>Not begun.</summary>
    Planned,

    /// <summary>Its command was sent, or waits to be sent again, or it waits for its signal; no outcome yet.</summary>
    Executing,

    /// <summary>The participant answered that the effect is there, or the signal came.</summary>
    Completed,

    /// <summary>The participant answered that nothing happened. Not compensated (rule S5).</summary>
    Rejected,

    /// <summary>Nobody knows whether it happened. Compensated (rules S5 and S6).</summary>
    Unknown,

    /// <summary>Its compensation was sent, or waits to be sent again.</summary>
    Compensating,

    /// <summary>The participant answered that the effect is gone.</summary>
    Compensated,

    /// <summary>
    /// It will not run: its condition did not hold, or the saga failed before it began, or while it waited for its signal.
    /// </summary>
    Skipped,

    /// <summary>An operator decided that its compensation is not to be tried any more; its effect may still be there.</summary>
    CompensationSkipped,
}
