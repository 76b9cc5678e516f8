namespace SagaOrchestrator.Engine.Naming;

/// <summary>The settings under <c>Orchestrator</c>.</summary>
internal sealed record NameSettings
{
    /// <summary>The orchestrator's queue.</summary>
    public string Queue { get; init; } = OrchestratorNames.Default.Queue;

    /// <summary>Its schema.</summary>
    public string Schema { get; init; } = OrchestratorNames.Default.Schema;

    /// <summary>Its own database role, which the scripts grant the use of the tables.</summary>
    public string Role { get; init; } = "orchestrator";
}
