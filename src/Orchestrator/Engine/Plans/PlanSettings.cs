namespace SagaOrchestrator.Engine.Plans;

/// <summary>The settings of plan documents.</summary>
internal sealed record PlanSettings
{
    /// <summary>The folder whose documents are added at start-up; empty for none.</summary>
    public string Folder { get; init; } = string.Empty;
}
