using System.Linq.Expressions;
using System.Text.Json;

namespace SagaOrchestrator.Engine.Search;

/// <summary>Summaries at hand, and the conditions on them.</summary>
/// <param name="all">The summaries.</param>
/// <param name="hasDeadLetters">Whether a saga has dead letters that wait.</param>
internal sealed class MemorySource(IEnumerable<SagaSummary> all, Func<Guid, bool> hasDeadLetters) : SummarySource
{
    public override IQueryable<SagaSummary> All => all.AsQueryable();

    public override Expression<Func<SagaSummary, bool>> KeyBegins(string prefix) =>
        saga => saga.BusinessKey.StartsWith(prefix, StringComparison.Ordinal);

    public override Expression<Func<SagaSummary, bool>> Beyond(SagaSort sort, SagaPlace place, bool descending) =>
        saga => (descending ? -1 : 1) * TimeOf(sort, saga).CompareTo(new ValueTuple<DateTimeOffset?, Guid>(place.At, place.Id)) > 0;

    public override Expression<Func<SagaSummary, bool>> Holds(ColumnCondition condition) => saga => Holds(saga, condition);

    public override Expression<Func<SagaSummary, bool>> HasDeadLetters(bool has) => saga => hasDeadLetters(saga.Id) == has;

    private static (DateTimeOffset? At, Guid Id) TimeOf(SagaSort sort, SagaSummary saga) =>
        sort switch
        {
            SagaSort.Updated => (saga.UpdatedAt, saga.Id),
            SagaSort.Ended => (saga.EndedAt, saga.Id),
            SagaSort.Waiting => (saga.WaitsSince, saga.Id),
            _ => (saga.StartedAt, saga.Id),
        };

    private static bool Holds(SagaSummary saga, ColumnCondition condition)
    {
        var (column, value, from, before) = condition;
        if (!JsonElement.Parse(saga.Columns).TryGetProperty(column.Name, out var element))
        {
            return false;
        }

        var held = ColumnFilters.Read(column, element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText());
        return (value is null || Compare(held, value) == 0)
            && (from is null || Compare(held, from) >= 0)
            && (before is null || Compare(held, before) < 0);
    }

    private static int Compare(object held, object wanted) =>
        held is string text ? string.CompareOrdinal(text, (string)wanted) : ((IComparable)held).CompareTo(wanted);
}
