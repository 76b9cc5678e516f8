namespace SagaOrchestrator.Engine.Audit;

/// <summary>What the auditor finds.</summary>
internal static class FindingKinds
{
    public const string DocumentUnreadable = "document-unreadable";
    public const string TimerMissing = "timer-missing";
    public const string TimerWrong = "timer-wrong";
    public const string TimerUnseen = "timer-unseen";
    public const string TimerOverdue = "timer-overdue";
    public const string WaitWithoutTimer = "wait-without-timer";
    public const string BeginLost = "begin-lost";
    public const string StandsStill = "stands-still";
    public const string StateContradicts = "state-contradicts";
    public const string EndContradicts = "end-contradicts";
    public const string UndoingContradicts = "undoing-contradicts";
    public const string HistoryGap = "history-gap";
    public const string SummaryMissing = "summary-missing";
    public const string SummaryBehind = "summary-behind";
    public const string CommandLost = "command-lost";
    public const string FenceDisagrees = "fence-disagrees";
    public const string JobAbandoned = "job-abandoned";
    public const string FenceUnreadable = "fence-unreadable";
}
