using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Engine.Queries;

/// <summary>What callers ask about the past of a saga.</summary>
internal interface ISagaQueries
{
    /// <summary>A saga's history in order, after a version.</summary>
    async Task<IReadOnlyList<HistoryRow>> History(Guid sagaId, int afterVersion, int limit, CancellationToken cancellationToken) =>
        [.. (await History([new HistoryPlace(sagaId, afterVersion)], limit, cancellationToken))[sagaId]];

    /// <summary>The histories of sagas by one query, each in order and after its version, each up to the limit.</summary>
    Task<ILookup<Guid, HistoryRow>> History(IReadOnlyCollection<HistoryPlace> places, int limit, CancellationToken cancellationToken);

    /// <summary>How many sagas have not ended, by type and state.</summary>
    Task<IReadOnlyList<InFlightCount>> CountInFlight(CancellationToken cancellationToken);

    /// <summary>For how long the oldest change has waited that is not in the summaries yet.</summary>
    Task<TimeSpan> SummariesLag(CancellationToken cancellationToken);
}

/// <summary>A place in the history of a saga.</summary>
/// <param name="SagaId">The saga.</param>
/// <param name="AfterVersion">After this entry; 0 for the beginning.</param>
internal sealed record HistoryPlace(Guid SagaId, int AfterVersion);

/// <summary>An entry of a saga's history.</summary>
/// <param name="Version">Its place, from 1.</param>
/// <param name="Entry">What happened.</param>
/// <param name="MessageId">The message that it came of; null for a request.</param>
/// <param name="At">When, UTC, on the database's clock.</param>
public sealed record HistoryRow(int Version, HistoryEntry Entry, Guid? MessageId, DateTimeOffset At);

/// <summary>How many sagas of a type are in a state.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="State">One in which a saga has not ended.</param>
/// <param name="Sagas">How many.</param>
internal sealed record InFlightCount(string Type, string State, long Sagas);
