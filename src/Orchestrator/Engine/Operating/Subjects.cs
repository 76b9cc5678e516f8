namespace SagaOrchestrator.Engine.Operating;

/// <summary>What operators act on, as the log calls it.</summary>
internal static class Subjects
{
    public const string Saga = "saga";
    public const string Participant = "participant";
    public const string SagaType = "saga-type";
    public const string BulkJob = "bulk-job";
    public const string DataSubject = "subject";
    public const string Webhook = "webhook";
    public const string Plan = "plan";
}
