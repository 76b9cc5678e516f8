using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Explanations.Facts;

/// <summary>An entry of a saga's history.</summary>
/// <param name="Version">Its place, from 1.</param>
/// <param name="At">When, on the database's clock.</param>
/// <param name="MessageId">The message that it came of; null for a request.</param>
/// <param name="Entry">What happened.</param>
public sealed record PastEvent(int Version, DateTimeOffset At, Guid? MessageId, HistoryEntry Entry);
