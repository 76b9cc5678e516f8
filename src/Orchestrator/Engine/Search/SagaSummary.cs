namespace SagaOrchestrator.Engine.Search;

/// <summary>
/// One saga as lists and searches know it. Summaries are written from the sagas a second or so after a change; whoever needs to know how a
/// saga stands at this moment reads the saga itself.
/// </summary>
public sealed record SagaSummary
{
    /// <summary>The saga.</summary>
    public required Guid Id { get; init; }

    /// <summary>
    /// Counts the writes of summaries, in the order of their commits: a later one is greater. One saga's grows with each of its changes.
    /// </summary>
    public long Position { get; init; }

    /// <summary>The saga's version when this was written; it grows with each of its changes.</summary>
    public required long Version { get; init; }

    /// <summary>The plan's name.</summary>
    public required string Type { get; init; }

    /// <summary>The plan version that it started with.</summary>
    public required int PlanVersion { get; init; }

    /// <summary>What the business calls it.</summary>
    public required string BusinessKey { get; init; }

    /// <summary>Started, Pending, Compensating, Completed, Failed or Parked.</summary>
    public required string State { get; init; }

    /// <summary>UTC, on the database's clock, like every time here.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Null while it has not ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended: Completed, Undone or UndoneExcept, where effects are left. Null while it has not.</summary>
    public string? Verdict { get; init; }

    /// <summary>When it gives up; null when it does not.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>
    /// The step at which it waits. Of several, the one that an operator must act on, else the first in the plan. Null when it waits at
    /// none: it may be paused before it begins.
    /// </summary>
    public string? Step { get; init; }

    /// <summary>That step's participant; null when it waits for a signal.</summary>
    public string? Participant { get; init; }

    /// <summary>What it waits for: Reply, Retry, Enquiry, Signal or Operator; Resume when it is paused.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Since when it has waited for that.</summary>
    public DateTimeOffset? WaitsSince { get; init; }

    /// <summary>When the next of its timers is due; null when it has none.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Why nothing is expected of that step's participant, or nothing is sent to it; null when it is there.</summary>
    public string? Absence { get; init; }

    /// <summary>The step for whose failure it compensates, or did; null when there was none.</summary>
    public string? ErrorStep { get; init; }

    /// <summary>That failure's stable word.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>That failure in a sentence.</summary>
    public string? ErrorReason { get; init; }

    /// <summary>Of a parked saga: the step, or compensation, that waits for an operator.</summary>
    public string? StuckStep { get; init; }

    /// <summary>Why it does: a stable word.</summary>
    public string? StuckCode { get; init; }

    /// <summary>Why it does: a sentence.</summary>
    public string? StuckReason { get; init; }

    /// <summary>Undone steps, in the order of their undoing.</summary>
    public IReadOnlyList<string> Compensated { get; init; } = [];

    /// <summary>Whether any step was undone.</summary>
    public bool WasUndone { get; init; }

    /// <summary>The columns that its plan declares, as a JSON object.</summary>
    public string Columns { get; init; } = "{}";
}
