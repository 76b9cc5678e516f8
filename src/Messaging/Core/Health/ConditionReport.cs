using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SagaOrchestrator.Messaging.Health;

/// <summary>What the last checks have found.</summary>
/// <param name="Status">Unhealthy when this node can neither accept nor handle work, degraded when something else is missing or
/// slow.</param>
/// <param name="Age">How long ago that was; null when there was no check yet.</param>
/// <param name="Conditions">All conditions, by name.</param>
public sealed record ConditionReport(HealthStatus Status, TimeSpan? Age, IReadOnlyList<ConditionLine> Conditions);

/// <summary>One condition.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Description">Cause, consequence and next move; null when all is well.</param>
public sealed record ConditionLine(string Name, HealthStatus Status, string? Description);
