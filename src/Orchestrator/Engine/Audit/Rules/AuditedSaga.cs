using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Engine.Audit.Rules;

/// <summary>A saga's row, as one statement read it, with what must agree with it.</summary>
internal sealed record AuditedSaga
{
    public required Guid Id { get; init; }

    public required string Type { get; init; }

    public required int PlanVersion { get; init; }

    public required string State { get; init; }

    /// <summary>The document; null when it cannot be read.</summary>
    public required SagaProgress? Progress { get; init; }

    public DateTimeOffset? WakeAt { get; init; }

    public string? WakeFor { get; init; }

    public DateTimeOffset? WakeCheckAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required long Version { get; init; }

    public required int HistoryVersion { get; init; }

    public string? Undoing { get; init; }

    /// <summary>Up to which version it is summed up; null when it has no summary.</summary>
    public long? SummaryVersion { get; init; }

    /// <summary>The number of the last entry of its history; null when it has none.</summary>
    public int? LastEntry { get; init; }

    /// <summary>The database's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether somebody must lead it on, so that no timer does.</summary>
    public bool IsHeld => Progress is { Pause: not null } or { State: SagaState.Parked };
}
