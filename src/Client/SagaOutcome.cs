using System.Text.Json;

namespace SagaOrchestrator.Client;

/// <summary>A saga that has ended, in the order of the outcomes feed.</summary>
/// <param name="Position">Its place among all outcomes. Keep the last one, and go on from there.</param>
/// <param name="SagaId">The saga.</param>
/// <param name="Type">The plan's name.</param>
/// <param name="BusinessKey">What the business calls it.</param>
/// <param name="State">Completed or Failed.</param>
/// <param name="Verdict">Completed, Undone, or UndoneExcept where effects are left.</param>
/// <param name="StartedAt">When it was accepted, UTC.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Error">Why it failed; null when it completed.</param>
/// <param name="Columns">What its plan's columns hold: a JSON object.</param>
public sealed record SagaOutcome(
    long Position,
    Guid SagaId,
    string Type,
    string BusinessKey,
    string State,
    string? Verdict,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    SagaError? Error,
    JsonElement Columns
);
