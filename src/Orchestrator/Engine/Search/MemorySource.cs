using System.Linq.Expressions;
using System.Text.Json;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Search;

/// <summary>Summaries at hand, and the conditions on them.</summary>
internal sealed class MemorySource(IEnumerable<SagaSummary> all) : SummarySource
{
    public override IQueryable<SagaSummary> All => all.AsQueryable();

    public override Expression<Func<SagaSummary, bool>> KeyBegins(string prefix) => saga => saga.BusinessKey.StartsWith(prefix, StringComparison.Ordinal);

    public override Expression<Func<SagaSummary, bool>> Beyond(SagaSort sort, SagaPlace place, bool descending) => saga =>
        (descending ? -1 : 1) * TimeOf(sort, saga).CompareTo(new ValueTuple<DateTimeOffset?, Guid>(place.At, place.Id)) > 0;

    public override Expression<Func<SagaSummary, bool>> Holds(BusinessColumn column, ColumnFilter filter) => saga => Holds(saga, column, filter);

    private static (DateTimeOffset? At, Guid Id) TimeOf(SagaSort sort, SagaSummary saga) => sort switch
    {
        SagaSort.Updated => (saga.UpdatedAt, saga.Id),
        SagaSort.Ended => (saga.EndedAt, saga.Id),
        SagaSort.Waiting => (saga.WaitsSince, saga.Id),
        _ => (saga.StartedAt, saga.Id),
    };

    private static bool Holds(SagaSummary saga, BusinessColumn column, ColumnFilter filter)
    {
        using var document = JsonDocument.Parse(saga.Columns);
        if (!document.RootElement.TryGetProperty(column.Name, out var element))
        {
            return false;
        }

        var held = ColumnFilters.Read(column, element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText());
        return (filter.Value is not { } value || Compare(held, ColumnFilters.Read(column, value)) == 0)
            && (filter.From is not { } from || Compare(held, ColumnFilters.Read(column, from)) >= 0)
            && (filter.Before is not { } before || Compare(held, ColumnFilters.Read(column, before)) < 0);
    }

    private static int Compare(object held, object wanted) =>
        held is string text ? string.CompareOrdinal(text, (string)wanted) : ((IComparable)held).CompareTo(wanted);
}
