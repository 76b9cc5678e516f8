namespace SagaOrchestrator.Client;

/// <summary>Something that happened to a saga: an entry of its history.</summary>
/// <param name="Version">Its number in the saga, from 1. Give it to follow the saga from there.</param>
/// <param name="At">When, UTC, on the orchestrator's clock.</param>
/// <param name="Type">What: a stable word like <c>step_completed</c>.</param>
/// <param name="Step">The step that it is about; null for the saga.</param>
/// <param name="Direction"><c>do</c> or <c>undo</c>; null where neither applies.</param>
/// <param name="Attempt">Which attempt; null where none applies.</param>
/// <param name="Code">A failure's stable word.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="DueAt">When the wait that begins here ends.</param>
/// <param name="By">The operator who acted.</param>
public sealed record SagaEntry(
    int Version,
    DateTimeOffset At,
    string Type,
    string? Step,
    string? Direction,
    int? Attempt,
    string? Code,
    string? Reason,
    DateTimeOffset? DueAt,
    string? By
);
