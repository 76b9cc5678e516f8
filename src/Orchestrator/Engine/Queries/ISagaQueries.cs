using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Engine.Queries;

/// <summary>What callers ask about many sagas, or about the past of one.</summary>
internal interface ISagaQueries
{
    /// <summary>Sagas, newest first, after the cursor.</summary>
    Task<IReadOnlyList<SagaRow>> List(SagaFilter filter, SagaCursor? after, int limit, CancellationToken cancellationToken);

    /// <summary>A saga's history in order, after a version.</summary>
    Task<IReadOnlyList<HistoryRow>> History(Guid sagaId, int afterVersion, int limit, CancellationToken cancellationToken);

    /// <summary>How many sagas of each type are in each state.</summary>
    Task<IReadOnlyList<SagaCount>> Summarize(CancellationToken cancellationToken);

    /// <summary>How many sagas have not ended.</summary>
    Task<long> CountInFlight(CancellationToken cancellationToken);
}

internal sealed record SagaFilter(string? Type, string? State, string? BusinessKey);

/// <summary>A place in the list: the saga after which to go on.</summary>
internal sealed record SagaCursor(DateTimeOffset StartedAt, Guid Id);

internal sealed record SagaRow(
    Guid Id, string Type, string BusinessKey, string State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt,
    string? FailedStep, string? FailureCode, IReadOnlyList<string> Compensated, Failure? Stuck);

internal sealed record HistoryRow(int Version, HistoryEntry Entry, Guid? MessageId, DateTimeOffset At);

internal sealed record SagaCount(string Type, string State, long Count);
