namespace SagaOrchestrator.Decisions.Results;

/// <summary>The words of the history. They are stored: never rename one.</summary>
public static class HistoryTypes
{
    /// <summary>The saga was accepted.</summary>
    public const string SagaStarted = "saga_started";

    /// <summary>A step's command was sent for the first time, and its compensation registered.</summary>
    public const string StepStarted = "step_started";

    /// <summary>A step's command was sent again with the same command id.</summary>
    public const string StepRetried = "step_retried";

    /// <summary>The participant answered that the effect is there.</summary>
    public const string StepCompleted = "step_completed";

    /// <summary>The participant answered that nothing happened.</summary>
    public const string StepRejected = "step_rejected";

    /// <summary>The participant does not know whether it happened.</summary>
    public const string StepFaulted = "step_faulted";

    /// <summary>Nobody answered in time.</summary>
    public const string StepTimedOut = "step_timed_out";

    /// <summary>The next attempt was put off until <c>due_at</c>.</summary>
    public const string RetryScheduled = "retry_scheduled";

    /// <summary>Compensation began.</summary>
    public const string CompensationBegan = "compensation_began";

    /// <summary>A compensating command was sent for the first time.</summary>
    public const string CompensationStarted = "compensation_started";

    /// <summary>A compensating command was sent again.</summary>
    public const string CompensationRetried = "compensation_retried";

    /// <summary>The participant answered that the effect is gone.</summary>
    public const string CompensationCompleted = "compensation_completed";

    /// <summary>A compensation did not complete.</summary>
    public const string CompensationFailed = "compensation_failed";

    /// <summary>Nobody answered a compensation in time.</summary>
    public const string CompensationTimedOut = "compensation_timed_out";

    /// <summary>A success that came too late to be used; compensation goes on (rule S11).</summary>
    public const string LateSuccess = "late_success";

    /// <summary>A reply that matched nothing that the saga waits for (rule S10).</summary>
    public const string ReplyIgnored = "reply_ignored";

    /// <summary>Every step completed.</summary>
    public const string SagaCompleted = "saga_completed";

    /// <summary>Everything is undone.</summary>
    public const string SagaFailed = "saga_failed";

    /// <summary>An operator must act.</summary>
    public const string SagaParked = "saga_parked";
}
