using System.Linq.Expressions;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Search;

/// <summary>Says a query in conditions.</summary>
internal sealed class SummaryFilter(SagaQuery query, IReadOnlyDictionary<string, BusinessColumn> columns, DateTimeOffset now)
{
    private static readonly string Operator = nameof(Wait.Operator);

    // How late a timer is before somebody is needed.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    /// <summary>One page, in order.</summary>
    public Func<SummarySource, IQueryable<SagaSummary>> Page(SagaPlace? from, int limit)
    {
        var parts = Parts();
        return source =>
        {
            var descending = query.OldestFirst == (from?.Backwards ?? false);
            IQueryable<SagaSummary> Some(IQueryable<SagaSummary> found) =>
                Sorted(from is null ? found : found.Where(source.Beyond(query.Sort, from, descending)), descending).Take(limit);
            return parts.Count == 1
                ? Some(parts[0](source))
                : Sorted(parts.Select(part => Some(part(source))).Aggregate((some, more) => some.Concat(more)), descending).Take(limit);
        };
    }

    // The index that is led by a state has the order of the list, for one state. For several, each gives its first ones.
    private List<Func<SummarySource, IQueryable<SagaSummary>>> Parts() =>
        query is { States.Count: > 1, Sort: SagaSort.Started }
            ? [.. query.States.Distinct().Select(state => new SummaryFilter(query with { States = [state] }, columns, now).All())]
            : [All()];

    /// <summary>Those that changed after a position, in the order of their changes.</summary>
    public Func<SummarySource, IQueryable<SagaSummary>> Changes(long after, int limit)
    {
        var all = All();
        return source => all(source).Where(saga => saga.Position > after).OrderBy(saga => saga.Position).Take(limit);
    }

    /// <summary>All of them, in no order.</summary>
    public Func<SummarySource, IQueryable<SagaSummary>> All()
    {
        var conditions = Columns();
        return source => Apply(source, conditions);
    }

    /// <summary>Any of them.</summary>
    public Func<SummarySource, IQueryable<SagaSummary>> First(int limit)
    {
        var all = All();
        return source => all(source).Take(limit);
    }

    private List<ColumnCondition> Columns() => [.. query.Columns.Select(filter => ColumnFilters.Checked(filter, columns))];

    private IQueryable<SagaSummary> Sorted(IQueryable<SagaSummary> found, bool descending) =>
        query.Sort switch
        {
            SagaSort.Updated => Ordered(found, saga => saga.UpdatedAt, descending),
            SagaSort.Ended => Ordered(found, saga => saga.EndedAt, descending),
            SagaSort.Waiting => Ordered(found, saga => saga.WaitsSince, descending),
            _ => Ordered(found, saga => saga.StartedAt, descending),
        };

    private static IOrderedQueryable<SagaSummary> Ordered<T>(
        IQueryable<SagaSummary> found,
        Expression<Func<SagaSummary, T>> key,
        bool descending
    ) => descending ? found.OrderByDescending(key).ThenByDescending(saga => saga.Id) : found.OrderBy(key).ThenBy(saga => saga.Id);

    private IQueryable<SagaSummary> Apply(SummarySource source, List<ColumnCondition> conditions)
    {
        var found = Times(Waits(Errors(Identity(source, Sortable(source.All)))));
        return conditions.Aggregate(found, (rest, condition) => rest.Where(source.Holds(condition)));
    }

    private IQueryable<SagaSummary> Sortable(IQueryable<SagaSummary> found) =>
        query.Sort switch
        {
            SagaSort.Ended => found.Where(saga => saga.EndedAt != null),
            SagaSort.Waiting => found.Where(saga => saga.WaitsFor != null),
            _ => found,
        };

    private IQueryable<SagaSummary> Identity(SummarySource source, IQueryable<SagaSummary> found)
    {
        found = OneOf(found, query.Types, saga => saga.Type);
        found = OneOf(found, query.States, saga => saga.State);
        found = query.PlanVersion is { } version ? found.Where(saga => saga.PlanVersion == version) : found;
        found = query.BusinessKey is { } key ? found.Where(saga => saga.BusinessKey == key) : found;
        found = query.HasDeadLetters is { } has ? found.Where(source.HasDeadLetters(has)) : found;
        return query.BusinessKeyPrefix is { } prefix ? found.Where(source.KeyBegins(prefix)) : found;
    }

    private IQueryable<SagaSummary> Errors(IQueryable<SagaSummary> found)
    {
        found = OneOf(found, query.ErrorSteps, saga => saga.ErrorStep);
        found = OneOf(found, query.ErrorCodes, saga => saga.ErrorCode);
        found = OneOf(found, query.StuckCodes, saga => saga.StuckCode);
        found = OneOf(found, query.Verdicts, saga => saga.Verdict);
        return query.WasUndone switch
        {
            true => found.Where(saga => saga.WasUndone),
            false => found.Where(saga => !saga.WasUndone),
            null => found,
        };
    }

    private IQueryable<SagaSummary> Waits(IQueryable<SagaSummary> found)
    {
        found = query.Steps is [] ? found : OneOf(found.Where(saga => saga.WaitsFor != null), query.Steps, saga => saga.Step);
        found = OneOf(found, query.Participants, saga => saga.Participant);
        found = OneOf(found, query.WaitsFor, saga => saga.WaitsFor);
        if (query.WaitsLongerThan is { } longer)
        {
            var since = now - longer;
            found = found.Where(saga => saga.WaitsFor != null && saga.WaitsSince < since);
        }

        var late = now - Late;
        return query.IsStuck switch
        {
            true => found.Where(saga => saga.WaitsFor == Operator || saga.Absence != null || saga.DueAt < late),
            false => found.Where(saga => saga.WaitsFor != Operator && saga.Absence == null && (saga.DueAt == null || saga.DueAt >= late)),
            null => found,
        };
    }

    private IQueryable<SagaSummary> Times(IQueryable<SagaSummary> found)
    {
        found = query.Started.From is { } startedFrom ? found.Where(saga => saga.StartedAt >= startedFrom) : found;
        found = query.Started.Before is { } startedBefore ? found.Where(saga => saga.StartedAt < startedBefore) : found;
        found = query.Updated.From is { } updatedFrom ? found.Where(saga => saga.UpdatedAt >= updatedFrom) : found;
        found = query.Updated.Before is { } updatedBefore ? found.Where(saga => saga.UpdatedAt < updatedBefore) : found;
        found = query.Ended.From is { } endedFrom ? found.Where(saga => saga.EndedAt >= endedFrom) : found;
        return query.Ended.Before is { } endedBefore ? found.Where(saga => saga.EndedAt < endedBefore) : found;
    }

    // A single value is compared as one: the index that is led by it then gives the order too. The values stay parameters of the query.
    private static IQueryable<SagaSummary> OneOf(
        IQueryable<SagaSummary> found,
        IReadOnlyList<string> wanted,
        Expression<Func<SagaSummary, string?>> field
    )
    {
        if (wanted is [])
        {
            return found;
        }

        var one = wanted[0];
        Expression<Func<string>> single = () => one;
        Expression<Func<IEnumerable<string>>> several = () => wanted;
        var condition =
            wanted.Count == 1
                ? (Expression)Expression.Equal(field.Body, single.Body)
                : Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], several.Body, field.Body);
        return found.Where(Expression.Lambda<Func<SagaSummary, bool>>(condition, field.Parameters));
    }
}
