using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Engine.Queries;

/// <summary>What callers ask about the past of a saga.</summary>
internal interface ISagaQueries
{
    /// <summary>A saga's history in order, after a version.</summary>
    Task<IReadOnlyList<HistoryRow>> History(Guid sagaId, int afterVersion, int limit, CancellationToken cancellationToken);

    /// <summary>How many sagas have not ended.</summary>
    Task<long> CountInFlight(CancellationToken cancellationToken);

    /// <summary>For how long the oldest change has waited that is not in the summaries yet.</summary>
    Task<TimeSpan> SummariesLag(CancellationToken cancellationToken);
}

/// <summary>An entry of a saga's history.</summary>
/// <param name="Version">Its place, from 1.</param>
/// <param name="Entry">What happened.</param>
/// <param name="MessageId">The message that it came of; null for a request.</param>
/// <param name="At">When, UTC, on the database's clock.</param>
public sealed record HistoryRow(int Version, HistoryEntry Entry, Guid? MessageId, DateTimeOffset At);
