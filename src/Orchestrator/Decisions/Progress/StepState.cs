namespace SagaOrchestrator.Decisions.Progress;

/// <summary>Where a step stands.</summary>
public enum StepState
{
    /// <summary>Not begun.</summary>
    Planned,

    /// <summary>Its command was sent, or waits to be sent again; no outcome yet.</summary>
    Executing,

    /// <summary>The participant answered that the effect is there.</summary>
    Completed,

    /// <summary>The participant answered that nothing happened. Not compensated (rule S5).</summary>
    Rejected,

    /// <summary>Nobody knows whether it happened. Compensated (rules S5 and S6).</summary>
    Unknown,

    /// <summary>Its compensation was sent, or waits to be sent again.</summary>
    Compensating,

    /// <summary>The participant answered that the effect is gone.</summary>
    Compensated,

    /// <summary>It will not run, because the saga failed before it began.</summary>
    Skipped,
}
