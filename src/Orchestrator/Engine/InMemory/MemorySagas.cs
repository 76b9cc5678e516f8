using System.Collections.Concurrent;
using System.Text.Json;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.InMemory;

/// <summary>Sagas in memory, for tests and the embedded mode. Rows are copied in and out, so a handler never shares one.</summary>
internal sealed class MemorySagas(TimeProvider clock, MemorySummaries summaries, IOperatorLog log) : ISagaStore, ISagaQueries, IDueTimers
{
    private static readonly TimeSpan Resend = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, Stored> sagas = new();

    public Task<LoadedSaga> Load(Guid sagaId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(new LoadedSaga(sagas.TryGetValue(sagaId, out var stored) ? Copy(stored.Saga, now) : null, now));
    }

    public async Task<IReadOnlyList<LoadedSaga>> Load(IReadOnlyCollection<Guid> sagaIds, CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(sagaIds.Select(id => Load(id, cancellationToken)))).Where(one => one.Saga is not null)];

    public Task Write(CommitScope scope, SagaInstance saga, Guid? messageId, CancellationToken cancellationToken)
    {
        var current = sagas.GetValueOrDefault(saga.CorrelationId);
        if ((current?.Saga.Version ?? 0) != saga.Version)
        {
            throw new ConcurrencyConflictException($"Saga {saga.CorrelationId} is no longer version {saga.Version}.");
        }

        var row = saga.Stored();
        var added = saga
            .NewHistory.Select((entry, index) => new HistoryRow(saga.HistoryVersion + index + 1, entry, messageId, saga.Now))
            .ToList();
        sagas[saga.CorrelationId] = new Stored(row, [.. current?.History ?? [], .. added], WakeSentAt: null);
        summaries.Write(row, added);
        return saga.Action is not { } action
            ? Task.CompletedTask
            : log.Write(
                new LoggedAction(
                    default,
                    default,
                    Subjects.Saga,
                    saga.CorrelationId.ToString(),
                    action.Verb,
                    action.Step,
                    action.Who,
                    action.Origin,
                    action.Why,
                    Code: null,
                    Detail: null
                ),
                cancellationToken
            );
    }

    public Task<int> CountUndoing(string participant, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(sagas.Values.Where(stored => stored.Saga.Undoing == participant).Take(limit).Count());

    public Task<ILookup<Guid, HistoryRow>> History(
        IReadOnlyCollection<HistoryPlace> places,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult(
            places
                .SelectMany(place => After(place).Take(limit).Select(row => (place.SagaId, Row: row)))
                .ToLookup(entry => entry.SagaId, entry => entry.Row)
        );

    public Task<IReadOnlyList<InFlightCount>> CountInFlight(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<InFlightCount>>([
            .. sagas
                .Values.Where(stored => !stored.Saga.Progress.HasEnded)
                .GroupBy(stored => (stored.Saga.Type, stored.Saga.CurrentState))
                .Select(group => new InFlightCount(group.Key.Type, group.Key.CurrentState, group.LongCount())),
        ]);

    public Task<TimeSpan> SummariesLag(CancellationToken cancellationToken) => Task.FromResult(TimeSpan.Zero);

    public Task<IReadOnlyList<DueTimer>> Claim(int limit, TimeSpan overdueBy, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = new List<DueTimer>();
        foreach (var (sagaId, stored) in sagas)
        {
            if (due.Count < limit && DueAt(stored) <= now - overdueBy && sagas.TryUpdate(sagaId, stored with { WakeSentAt = now }, stored))
            {
                due.Add(
                    new DueTimer(
                        sagaId,
                        stored.Saga.Type,
                        stored.Saga.Progress.NextTimer!.Name,
                        stored.Saga.TraceParent,
                        IsDaysLater: stored.Saga.StartedAt <= now - TimeSpan.FromDays(1)
                    )
                );
            }
        }

        return Task.FromResult<IReadOnlyList<DueTimer>>(due);
    }

    public Task Release(Guid sagaId, CancellationToken cancellationToken)
    {
        if (sagas.TryGetValue(sagaId, out var stored))
        {
            sagas.TryUpdate(sagaId, stored with { WakeSentAt = null }, stored);
        }

        return Task.CompletedTask;
    }

    public Task<TimeSpan?> UntilNext(CancellationToken cancellationToken) =>
        Task.FromResult(sagas.Values.Select(DueAt).Min() - clock.GetUtcNow());

    private IEnumerable<HistoryRow> After(HistoryPlace place) =>
        (sagas.GetValueOrDefault(place.SagaId)?.History ?? []).Where(row => row.Version > place.AfterVersion);

    private static DateTimeOffset? DueAt(Stored stored) =>
        stored.WakeSentAt is { } sent ? sent + Resend : stored.Saga.Progress.NextTimer?.DueAt;

    private static SagaInstance Copy(SagaInstance saga, DateTimeOffset now)
    {
        var copy = saga.Copy();
        copy.Now = now;
        return copy;
    }

    private sealed record Stored(SagaInstance Saga, IReadOnlyList<HistoryRow> History, DateTimeOffset? WakeSentAt);
}
