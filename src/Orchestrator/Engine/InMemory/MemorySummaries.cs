using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using SagaOrchestrator.Engine.Feeds;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;

namespace SagaOrchestrator.Engine.InMemory;

/// <summary>Summaries in memory, written with their sagas.</summary>
internal sealed class MemorySummaries(PlanCatalogue plans, Summarizer summarizer, MemoryDeadLetters letters)
    : ISummaries,
        IStatistics,
        ISagaFeed
{
    private readonly ConcurrentDictionary<Guid, SagaSummary> summaries = new();
    private readonly ConcurrentDictionary<Guid, SagaOutcome> outcomes = new();
    private readonly ConcurrentDictionary<Guid, ImmutableDictionary<string, DateTimeOffset>> unanswered = new();
    private readonly ConcurrentDictionary<AnswerRow, long> answers = new();
    private long position;

    /// <summary>Sums up a saga that was written. One at a time is.</summary>
    /// <param name="saga">As it is stored.</param>
    /// <param name="added">What was added to its history.</param>
    public void Write(SagaInstance saga, IEnumerable<HistoryRow> added)
    {
        Count(saga, added);
        var summary = summarizer.Of(saga, summaries.GetValueOrDefault(saga.CorrelationId)) with { Position = position + 1 };
        summaries[saga.CorrelationId] = summary;
        if (summary.EndedAt is { } endedAt)
        {
            outcomes.TryAdd(summary.Id, Outcome(summary, endedAt));
        }

        Interlocked.Increment(ref position);
    }

    public Task<IReadOnlyList<SagaOutcome>> Outcomes(
        IReadOnlyList<string> types,
        long after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<SagaOutcome>>([
            .. outcomes
                .Values.Where(outcome => outcome.Position > after && (types.Count == 0 || types.Contains(outcome.Type)))
                .OrderBy(outcome => outcome.Position)
                .Take(limit),
        ]);

    public Task<long> Position(CancellationToken cancellationToken) => Task.FromResult(Interlocked.Read(ref position));

    public Task<IReadOnlyList<SagaSummary>> Read(Func<SummarySource, IQueryable<SagaSummary>> query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SagaSummary>>([.. query(Source())]);

    public Task<IReadOnlyList<T>> Group<T>(Func<SummarySource, IQueryable<T>> query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<T>>([.. query(Source())]);

    public async IAsyncEnumerable<SagaSummary> Stream(
        Func<SummarySource, IQueryable<SagaSummary>> query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var saga in await Read(query, cancellationToken))
        {
            yield return saga;
        }
    }

    public Task<int> Count(Func<SummarySource, IQueryable<SagaSummary>> query, CancellationToken cancellationToken) =>
        Task.FromResult(query(Source()).Count());

    public Task<IReadOnlyList<SagaSummary>> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SagaSummary>>([.. ids.Select(id => summaries.GetValueOrDefault(id)).OfType<SagaSummary>()]);

    public Task<StatisticRows> Read(StatisticsQuery query, CancellationToken cancellationToken)
    {
        bool Within(SagaSummary saga, DateTimeOffset? at) =>
            at >= query.From && at < query.Before && (query.Types.Count == 0 || query.Types.Contains(saga.Type));
        return Task.FromResult(
            Counting
                .By(plans)
                .Of(
                    Span.Hour,
                    [.. summaries.Values.Where(saga => Within(saga, saga.StartedAt))],
                    [.. summaries.Values.Where(saga => Within(saga, saga.EndedAt))]
                )
        );
    }

    public Task<IReadOnlyList<AnswerSum>> Answers(DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AnswerSum>>([
            .. answers
                .Where(row => row.Key.Hour >= from && row.Key.Hour < before)
                .GroupBy(row => (row.Key.Participant, row.Key.Outcome, row.Key.Bucket))
                .Select(same => new AnswerSum(same.Key.Participant, same.Key.Outcome, same.Key.Bucket, same.Sum(row => row.Value))),
        ]);

    public Task<IReadOnlyList<TimerCount>> Timers(
        IReadOnlyList<string> types,
        DateTimeOffset before,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<TimerCount>>([
            .. summaries
                .Values.Where(saga => saga.DueAt < before && (types.Count == 0 || types.Contains(saga.Type)))
                .GroupBy(saga => (Hour: Hours.Of(saga.DueAt!.Value), saga.Type))
                .OrderBy(group => group.Key)
                .Select(group => new TimerCount(group.Key.Hour, group.Key.Type, group.LongCount())),
        ]);

    public Task<IReadOnlyList<SagaCount>> Counts(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SagaCount>>([
            .. summaries
                .Values.GroupBy(saga => (saga.Type, saga.PlanVersion, saga.State))
                .OrderBy(group => group.Key)
                .Select(group => new SagaCount(group.Key.Type, group.Key.PlanVersion, group.Key.State, group.Count())),
        ]);

    private void Count(SagaInstance saga, IEnumerable<HistoryRow> added)
    {
        if (plans.TryGet(saga.Type, saga.PlanVersion) is not { } plan)
        {
            return;
        }

        var counting = new AnswerCounting(
            plan.Definition,
            unanswered.GetValueOrDefault(saga.CorrelationId, ImmutableDictionary<string, DateTimeOffset>.Empty)
        );
        foreach (var row in added)
        {
            counting.Read(row.Entry, row.At);
        }

        if (saga.EndedAt is null)
        {
            unanswered[saga.CorrelationId] = counting.Unanswered;
        }
        else
        {
            unanswered.TryRemove(saga.CorrelationId, out _);
        }

        foreach (var row in counting.Rows)
        {
            answers.AddOrUpdate(row with { Answers = 0 }, row.Answers, (_, before) => before + row.Answers);
        }
    }

    private MemorySource Source() => new(summaries.Values, letters.IsWaitingOf);

    private static SagaOutcome Outcome(SagaSummary saga, DateTimeOffset endedAt) =>
        new()
        {
            Position = saga.Position,
            SagaId = saga.Id,
            Type = saga.Type,
            BusinessKey = saga.BusinessKey,
            State = saga.State,
            Verdict = saga.Verdict,
            StartedAt = saga.StartedAt,
            EndedAt = endedAt,
            ErrorStep = saga.ErrorStep,
            ErrorCode = saga.ErrorCode,
            ErrorReason = saga.ErrorReason,
            Columns = saga.Columns,
        };
}
