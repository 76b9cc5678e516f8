namespace SagaOrchestrator.Engine.Alarms;

/// <summary>What alarms are about.</summary>
internal static class AlarmKinds
{
    public const string Parked = "parked";
    public const string Condition = "condition";
    public const string Breaker = "breaker";
    public const string DeadLetters = "dead-letters";
    public const string Webhook = "webhook";
    public const string SummariesLate = "summaries-late";
    public const string Audit = "audit";
}
