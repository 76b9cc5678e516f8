namespace SagaOrchestrator.Engine.Plans;

/// <summary>A registered plan document that this build cannot use: a newer build has taken it.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Problem">What this build cannot use.</param>
internal sealed record UnreadPlan(string Type, int Version, string Problem)
{
    public string Name => $"'{Type}' version {Version}";
}
