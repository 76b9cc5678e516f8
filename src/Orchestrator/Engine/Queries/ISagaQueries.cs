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

/// <summary>Which sagas are asked for. What is null does not matter.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="State">A name of <see cref="Decisions.Progress.SagaState"/>.</param>
/// <param name="BusinessKey">What the business calls the saga.</param>
public sealed record SagaFilter(string? Type, string? State, string? BusinessKey);

/// <summary>A place in the list: the saga after which to go on.</summary>
/// <param name="StartedAt">When it was accepted.</param>
/// <param name="Id">The saga.</param>
public sealed record SagaCursor(DateTimeOffset StartedAt, Guid Id);

/// <summary>A saga in a list. Times are UTC, on the database's clock.</summary>
/// <param name="Id">The saga.</param>
/// <param name="Type">The plan's name.</param>
/// <param name="BusinessKey">What the business calls it.</param>
/// <param name="State">A name of <see cref="Decisions.Progress.SagaState"/>.</param>
/// <param name="StartedAt">When it was accepted.</param>
/// <param name="EndedAt">When it ended; null while it has not.</param>
/// <param name="FailedStep">The step for whose failure it compensates; null when it does not.</param>
/// <param name="FailureCode">That failure's stable word.</param>
/// <param name="Compensated">Undone steps, in the order of their undoing.</param>
/// <param name="Stuck">Of a parked saga: what waits for an operator, and why.</param>
public sealed record SagaRow(
    Guid Id, string Type, string BusinessKey, string State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt,
    string? FailedStep, string? FailureCode, IReadOnlyList<string> Compensated, Failure? Stuck);

/// <summary>An entry of a saga's history.</summary>
/// <param name="Version">Its place, from 1.</param>
/// <param name="Entry">What happened.</param>
/// <param name="MessageId">The message that it came of; null for a request.</param>
/// <param name="At">When, UTC, on the database's clock.</param>
public sealed record HistoryRow(int Version, HistoryEntry Entry, Guid? MessageId, DateTimeOffset At);

/// <summary>How many sagas of a type are in a state.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="State">A name of <see cref="Decisions.Progress.SagaState"/>.</param>
/// <param name="Count">How many.</param>
public sealed record SagaCount(string Type, string State, long Count);
