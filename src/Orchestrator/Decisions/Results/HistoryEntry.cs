namespace SagaOrchestrator.Decisions.Results;

/// <summary>One line of a saga's history. Fields that do not apply are null.</summary>
/// <param name="Type">One of <see cref="HistoryTypes"/>.</param>
/// <param name="Step">The step that it is about.</param>
/// <param name="Direction">Do or undo.</param>
/// <param name="Attempt">The attempt that it is about.</param>
/// <param name="Code">A failure's stable word.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="DueAt">When the wait that begins here ends.</param>
/// <param name="By">The operator who acted.</param>
public sealed record HistoryEntry(
    string Type,
    string? Step = null,
    Direction? Direction = null,
    int? Attempt = null,
    string? Code = null,
    string? Reason = null,
    DateTimeOffset? DueAt = null,
    string? By = null
);
