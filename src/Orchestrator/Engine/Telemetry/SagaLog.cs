namespace SagaOrchestrator.Engine.Telemetry;

/// <summary>The orchestrator's log lines. Event ids are stable.</summary>
internal static partial class SagaLog
{
    [LoggerMessage(1, LogLevel.Information, "Saga {SagaType} '{BusinessKey}' started.")]
    public static partial void Started(ILogger log, string sagaType, string businessKey);

    [LoggerMessage(2, LogLevel.Information, "Saga {SagaType} '{BusinessKey}' ended {State} ({Code}).")]
    public static partial void Ended(ILogger log, string sagaType, string businessKey, string state, string code);

    [LoggerMessage(3, LogLevel.Debug, "Step {Step} completed.")]
    public static partial void StepCompleted(ILogger log, string step);

    [LoggerMessage(4, LogLevel.Warning, "Step {Step} {Outcome}: {Code}. {Reason}")]
    public static partial void StepDidNotComplete(ILogger log, string step, string outcome, string? code, string? reason);

    [LoggerMessage(5, LogLevel.Information, "Step {Step} was undone.")]
    public static partial void Compensated(ILogger log, string step);

    [LoggerMessage(6, LogLevel.Warning, "Attempt {Attempt} to undo step {Step} did not succeed: {Code}. {Reason}")]
    public static partial void CompensationStuck(ILogger log, string step, int attempt, string? code, string? reason);

    [LoggerMessage(
        7,
        LogLevel.Error,
        "The saga is parked: step {Step} could not be {Doing} in {Attempt} attempts. {Reason} An operator must act."
    )]
    public static partial void Parked(ILogger log, string step, string doing, int attempt, string? reason);

    [LoggerMessage(8, LogLevel.Information, "{What} at step {Step} was recorded and changes nothing. {Reason}")]
    public static partial void Ignored(ILogger log, string what, string step, string? reason);

    [LoggerMessage(9, LogLevel.Debug, "{What} at step {Step}.")]
    public static partial void Moved(ILogger log, string what, string? step);

    [LoggerMessage(36, LogLevel.Warning, "The metrics of sagas in flight could not be read; they are stale.")]
    public static partial void GaugesStale(ILogger log, Exception exception);

    [LoggerMessage(31, LogLevel.Warning, "A due timer of saga {SagaId} could not be handed in; it stays due.")]
    public static partial void TimerNotFired(ILogger log, Exception exception, Guid sagaId);

    [LoggerMessage(32, LogLevel.Warning, "Due timers could not be read, and are read again in a second: {Problem}")]
    public static partial void TimersNotRead(ILogger log, string problem);

    [LoggerMessage(30, LogLevel.Information, "{Count} timers were due and were handed to their sagas.")]
    public static partial void TimersFired(ILogger log, int count);

    [LoggerMessage(
        40,
        LogLevel.Warning,
        "{Count} sagas of {SagaType} are under way on version {Version}, which is newer than this build. They are left to nodes that have "
            + "it; without one they wait."
    )]
    public static partial void NewerPlan(ILogger log, string sagaType, int version, long count);

    [LoggerMessage(
        33,
        LogLevel.Warning,
        "{Count} timers were overdue, because the scheduler did not run in time. They were handed to their sagas."
    )]
    public static partial void TimersOverdue(ILogger log, int count);

    [LoggerMessage(
        34,
        LogLevel.Warning,
        "The scheduler was to run at {At} next. Some node's clock is, or was, wrong, or the node that was to run it is gone. It is "
            + "scheduled anew."
    )]
    public static partial void ScheduleWrong(ILogger log, DateTimeOffset at);

    [LoggerMessage(
        35,
        LogLevel.Warning,
        "The scheduler did not stop within {Patience}, probably because it has no database. The process ends without it; timers are rows, "
            + "and other nodes fire them."
    )]
    public static partial void SchedulerLeft(ILogger log, TimeSpan patience);

    [LoggerMessage(
        50,
        LogLevel.Warning,
        "The columns of saga {SagaId} could not be read, because plan {SagaType} threw. It is not found by them; everything else about it "
            + "works."
    )]
    public static partial void ColumnsNotRead(ILogger log, Exception exception, string sagaType, Guid sagaId);

    [LoggerMessage(51, LogLevel.Warning, "Summaries could not be written, and are written in a second: {Problem}")]
    public static partial void SummariesNotWritten(ILogger log, string problem);

    [LoggerMessage(52, LogLevel.Debug, "The first search at start-up failed: {Problem}")]
    public static partial void SearchNotWarm(ILogger log, string problem);

    [LoggerMessage(53, LogLevel.Warning, "Bulk jobs were interrupted, and go on in a second: {Problem}")]
    public static partial void BulkJobInterrupted(ILogger log, string problem);

    [LoggerMessage(
        59,
        LogLevel.Warning,
        "The result of step {Step} of {SagaType} repeats the marked value of '{Member}' in a member that is not marked, where it is "
            + "kept plain. Mark that member, or have the participant leave the value out."
    )]
    public static partial void MarkedValueCopied(ILogger log, string sagaType, string step, string member);

    [LoggerMessage(54, LogLevel.Warning, "{Finding}")]
    public static partial void LooksPersonal(ILogger log, string finding);

    [LoggerMessage(
        55,
        LogLevel.Information,
        "{Count} keys of subjects were wrapped by the active key. {Left} are wrapped by another still."
    )]
    public static partial void KeysRewrapped(ILogger log, int count, long left);
}
