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

    /// <summary>The participant answered with a result that is not what the plan declares. The step stays open.</summary>
    public const string ResultRefused = "result_refused";

    /// <summary>The participant answered that nothing happened.</summary>
    public const string StepRejected = "step_rejected";

    /// <summary>The participant does not know whether it happened.</summary>
    public const string StepFaulted = "step_faulted";

    /// <summary>Nobody answered in time.</summary>
    public const string StepTimedOut = "step_timed_out";

    /// <summary>The next attempt was put off until <c>due_at</c>.</summary>
    public const string RetryScheduled = "retry_scheduled";

    /// <summary>The participant is known to be away: the step goes on waiting and spends no attempt (rule S38).</summary>
    public const string ParticipantAway = "participant_away";

    /// <summary>
    /// The participant reads its queue and answers nothing: the step goes on waiting, and is sent again once it answers (rule S38).
    /// </summary>
    public const string ParticipantSilent = "participant_silent";

    /// <summary>The participant is back, or sending to it goes on: the step has its whole time again, or is sent now.</summary>
    public const string ParticipantBack = "participant_back";

    /// <summary>An operator has stopped sending to the participant: the step waits until sending goes on.</summary>
    public const string SendingStopped = "sending_stopped";

    /// <summary>The participant was asked whether the step happened.</summary>
    public const string StepEnquired = "step_enquired";

    /// <summary>The participant answered that the step did not happen and never will.</summary>
    public const string StepNotDone = "step_not_done";

    /// <summary>The participant is still at work.</summary>
    public const string StepProgressed = "step_progressed";

    /// <summary>A step was left out: its condition did not hold.</summary>
    public const string StepSkipped = "step_skipped";

    /// <summary>A step waits for its signal.</summary>
    public const string SignalAwaited = "signal_awaited";

    /// <summary>A signal came for a step that has not begun, and is kept for it.</summary>
    public const string SignalKept = "signal_kept";

    /// <summary>A step's signal came.</summary>
    public const string SignalReceived = "signal_received";

    /// <summary>A step's signal did not come in time.</summary>
    public const string SignalTimedOut = "signal_timed_out";

    /// <summary>A signal that no step waits for.</summary>
    public const string SignalIgnored = "signal_ignored";

    /// <summary>The saga has failed; steps that were running are given the time to answer before anything is undone (rule S4).</summary>
    public const string SettlingBegan = "settling_began";

    /// <summary>The saga's deadline passed.</summary>
    public const string DeadlinePassed = "deadline_passed";

    /// <summary>Compensation began.</summary>
    public const string CompensationBegan = "compensation_began";

    /// <summary>A compensation waits until its participant has fewer of them in flight (rule S36).</summary>
    public const string CompensationQueued = "compensation_queued";

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

    /// <summary>An operator had a command sent again.</summary>
    public const string OperatorRetried = "operator_retried";

    /// <summary>An operator gave a compensation up.</summary>
    public const string OperatorSkipped = "operator_skipped";

    /// <summary>An operator found a step, or a compensation, done.</summary>
    public const string OperatorResolvedAsDone = "operator_resolved_as_done";

    /// <summary>An operator found a step not done.</summary>
    public const string OperatorResolvedAsNotDone = "operator_resolved_as_not_done";

    /// <summary>The saga's history is full: what changes nothing is not recorded any more.</summary>
    public const string HistoryFull = "history_full";

    /// <summary>An operator paused the saga.</summary>
    public const string OperatorPaused = "operator_paused";

    /// <summary>An operator resumed the saga.</summary>
    public const string OperatorResumed = "operator_resumed";

    /// <summary>An operator gave a step, or the saga, more time: until <c>due_at</c>.</summary>
    public const string OperatorExtended = "operator_extended";

    /// <summary>The auditor made a step's timer due.</summary>
    public const string OperatorRearmed = "operator_rearmed";

    /// <summary>An operator cancelled the saga.</summary>
    public const string OperatorCancelled = "operator_cancelled";
}
