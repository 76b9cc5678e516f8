namespace SagaOrchestrator.Engine.Naming;

/// <summary>What the orchestrator's own things are called, so that two may share a broker and a database.</summary>
/// <param name="Queue">Its queue, which takes replies, starts, signals and timers.</param>
/// <param name="Schema">Its schema.</param>
internal sealed record OrchestratorNames(string Queue, string Schema)
{
    /// <summary>Those that hold when nothing else is said.</summary>
    public static OrchestratorNames Default { get; } = new(Messages.Queues.Orchestrator, "orchestrator");
}
