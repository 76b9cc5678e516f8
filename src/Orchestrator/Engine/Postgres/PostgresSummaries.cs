using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Feeds;
using SagaOrchestrator.Engine.Search;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Summaries in Postgres, read through EF Core on connections that cannot write.</summary>
internal sealed class PostgresSummaries(ReadDatabase database) : ISummaries, ISagaFeed
{
    private readonly DbContextOptions<SummaryContext> options = SummaryContext.On(database);

    public async Task<IReadOnlyList<SagaSummary>> Read(
        Func<SummarySource, IQueryable<SagaSummary>> query,
        CancellationToken cancellationToken
    )
    {
        await using var context = new SummaryContext(options);
        return await query(new Source(context)).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<T>> Group<T>(Func<SummarySource, IQueryable<T>> query, CancellationToken cancellationToken)
    {
        await using var context = new SummaryContext(options);
        return await query(new Source(context)).ToListAsync(cancellationToken);
    }

    public async IAsyncEnumerable<SagaSummary> Stream(
        Func<SummarySource, IQueryable<SagaSummary>> query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var context = new SummaryContext(options);
        await foreach (var saga in query(new Source(context)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return saga;
        }
    }

    public async Task<int> Count(Func<SummarySource, IQueryable<SagaSummary>> query, CancellationToken cancellationToken)
    {
        await using var context = new SummaryContext(options);
        return await query(new Source(context)).CountAsync(cancellationToken);
    }

    public Task<IReadOnlyList<SagaSummary>> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Read(source => source.All.Where(saga => ids.Contains(saga.Id)), cancellationToken);

    public async Task<IReadOnlyList<SagaCount>> Counts(CancellationToken cancellationToken)
    {
        await using var context = new SummaryContext(options);
        return await context
            .Counts.Where(count => count.Sagas > 0)
            .OrderBy(count => count.Type)
            .ThenBy(count => count.PlanVersion)
            .ThenBy(count => count.State)
            .Select(count => new SagaCount(count.Type, count.PlanVersion, count.State, count.Sagas))
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<TimerCount>> Timers(
        IReadOnlyList<string> types,
        DateTimeOffset before,
        CancellationToken cancellationToken
    )
    {
        await using var context = new SummaryContext(options);
        var timers = context.Timers.Where(timer => timer.Timers > 0 && timer.Hour < before);
        timers = types.Count == 0 ? timers : timers.Where(timer => types.Contains(timer.Type));
        return await timers.OrderBy(timer => timer.Hour).ThenBy(timer => timer.Type).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<SagaOutcome>> Outcomes(
        IReadOnlyList<string> types,
        long after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var context = new SummaryContext(options);
        var outcomes = context.Outcomes.Where(outcome => outcome.Position > after);
        outcomes = types.Count == 0 ? outcomes : outcomes.Where(outcome => types.Contains(outcome.Type));
        return await outcomes.OrderBy(outcome => outcome.Position).Take(limit).ToListAsync(cancellationToken);
    }

    public async Task<long> Position(CancellationToken cancellationToken)
    {
        await using var context = new SummaryContext(options);
        return await context.Summaries.MaxAsync(saga => (long?)saga.Position, cancellationToken) ?? 0;
    }

    private sealed class Source(SummaryContext context) : SummarySource
    {
        // The greatest character of all, so that whatever begins with a prefix is less than the prefix and this.
        private const string Greatest = "\U0010FFFF";

        public override IQueryable<SagaSummary> All => context.Summaries;

        public override Expression<Func<SagaSummary, bool>> KeyBegins(string prefix)
        {
            var end = prefix + Greatest;
            return saga => string.Compare(saga.BusinessKey, prefix) >= 0 && string.Compare(saga.BusinessKey, end) <= 0;
        }

        // Compared as rows, which is how an index is walked.
        public override Expression<Func<SagaSummary, bool>> Beyond(SagaSort sort, SagaPlace place, bool descending)
        {
            var (at, id) = (place.At.ToUniversalTime(), place.Id);
            return (sort, descending) switch
            {
                (SagaSort.Updated, true) => saga =>
                    EF.Functions.LessThan(ValueTuple.Create(saga.UpdatedAt, saga.Id), ValueTuple.Create(at, id)),
                (SagaSort.Updated, false) => saga =>
                    EF.Functions.GreaterThan(ValueTuple.Create(saga.UpdatedAt, saga.Id), ValueTuple.Create(at, id)),
                (SagaSort.Ended, true) => saga =>
                    EF.Functions.LessThan(ValueTuple.Create(saga.EndedAt, saga.Id), ValueTuple.Create(at, id)),
                (SagaSort.Ended, false) => saga =>
                    EF.Functions.GreaterThan(ValueTuple.Create(saga.EndedAt, saga.Id), ValueTuple.Create(at, id)),
                (SagaSort.Waiting, true) => saga =>
                    EF.Functions.LessThan(ValueTuple.Create(saga.WaitsSince, saga.Id), ValueTuple.Create(at, id)),
                (SagaSort.Waiting, false) => saga =>
                    EF.Functions.GreaterThan(ValueTuple.Create(saga.WaitsSince, saga.Id), ValueTuple.Create(at, id)),
                (_, true) => saga => EF.Functions.LessThan(ValueTuple.Create(saga.StartedAt, saga.Id), ValueTuple.Create(at, id)),
                (_, false) => saga => EF.Functions.GreaterThan(ValueTuple.Create(saga.StartedAt, saga.Id), ValueTuple.Create(at, id)),
            };
        }

        public override Expression<Func<SagaSummary, bool>> Holds(ColumnCondition condition)
        {
            var name = condition.Column.Name;
            if (!condition.Column.IsIndexed)
            {
                var document = JsonSerializer.Serialize(new Dictionary<string, object> { [name] = condition.Value! });
                return saga => EF.Functions.JsonContains(saga.Columns, document);
            }

            var values = Values(context.Columns.Where(value => value.Name == name), condition);
            return saga => values.Any(value => value.SagaId == saga.Id);
        }

        public override Expression<Func<SagaSummary, bool>> HasDeadLetters(bool has)
        {
            var waiting = context.Letters.Where(letter => letter.State == DeadLetterState.Waiting);
            return has ? saga => waiting.Any(letter => letter.SagaId == saga.Id) : saga => !waiting.Any(letter => letter.SagaId == saga.Id);
        }

        private static IQueryable<IndexedColumn> Values(IQueryable<IndexedColumn> values, ColumnCondition condition)
        {
            values = condition.Value is { } value ? Equal(values, value) : values;
            values = condition.From is { } from ? AtLeast(values, from) : values;
            return condition.Before is { } before ? Below(values, before) : values;
        }

        private static IQueryable<IndexedColumn> Equal(IQueryable<IndexedColumn> values, object value) =>
            value switch
            {
                decimal number => values.Where(held => held.NumberValue == number),
                DateTimeOffset time => values.Where(held => held.TimeValue == time),
                var text => values.Where(held => held.TextValue == (string)text),
            };

        private static IQueryable<IndexedColumn> AtLeast(IQueryable<IndexedColumn> values, object value) =>
            value switch
            {
                decimal number => values.Where(held => held.NumberValue >= number),
                DateTimeOffset time => values.Where(held => held.TimeValue >= time),
                var text => values.Where(held => string.Compare(held.TextValue, (string)text) >= 0),
            };

        private static IQueryable<IndexedColumn> Below(IQueryable<IndexedColumn> values, object value) =>
            value switch
            {
                decimal number => values.Where(held => held.NumberValue < number),
                DateTimeOffset time => values.Where(held => held.TimeValue < time),
                var text => values.Where(held => string.Compare(held.TextValue, (string)text) < 0),
            };
    }
}
