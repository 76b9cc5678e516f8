namespace SagaOrchestrator.Engine.Alarms;

/// <summary>Looks for what this node sees by itself, and another may not.</summary>
internal abstract class NodeAlarmSource
{
    /// <summary>What it sees now.</summary>
    public abstract IReadOnlyList<AlarmCause> Look();
}
