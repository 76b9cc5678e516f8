using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Search;

namespace SagaOrchestrator.Engine.Statistics;

/// <summary>Counts what follows from sagas that were accepted, and from sagas that ended.</summary>
/// <param name="money">Reads what the sagas are about.</param>
internal sealed class Counting(MoneyColumns money)
{
    /// <summary>With the columns of the plans of this node.</summary>
    public static Counting By(PlanCatalogue plans) => new(MoneyColumns.Of(plans));

    /// <param name="span">By hour or by day.</param>
    /// <param name="started">Sagas that are counted as accepted.</param>
    /// <param name="ended">Sagas that are counted as ended.</param>
    public StatisticRows Of(Span span, IReadOnlyCollection<SagaSummary> started, IReadOnlyCollection<SagaSummary> ended) =>
        new(Flows(span, started, ended), Failures(span, ended), Durations(span, ended), Amounts(span, ended));

    private static IReadOnlyList<FlowRow> Flows(
        Span span,
        IReadOnlyCollection<SagaSummary> started,
        IReadOnlyCollection<SagaSummary> ended
    ) =>
        [
            .. started
                .Select(saga => new FlowRow(span, Spans.Begin(span, saga.StartedAt), saga.Type, 1, 0, 0, 0))
                .Concat(ended.Select(saga => Ended(span, saga)))
                .GroupBy(row => (row.BeginsAt, row.Type))
                .Select(same => new FlowRow(
                    span,
                    same.Key.BeginsAt,
                    same.Key.Type,
                    same.Sum(row => row.Started),
                    same.Sum(row => row.Completed),
                    same.Sum(row => row.Failed),
                    same.Sum(row => row.Undone)
                ))
                .OrderBy(row => (row.BeginsAt, row.Type)),
        ];

    private static FlowRow Ended(Span span, SagaSummary saga) =>
        saga.State == "Completed"
            ? new FlowRow(span, End(span, saga), saga.Type, 0, 1, 0, 0)
            : new FlowRow(span, End(span, saga), saga.Type, 0, 0, 1, saga.WasUndone ? 1 : 0);

    private static IReadOnlyList<FailureRow> Failures(Span span, IReadOnlyCollection<SagaSummary> ended) =>
        [
            .. ended
                .Where(saga => saga.ErrorStep is not null)
                .GroupBy(saga => (BeginsAt: End(span, saga), saga.Type, Step: saga.ErrorStep!, Code: saga.ErrorCode!))
                .Select(same => new FailureRow(span, same.Key.BeginsAt, same.Key.Type, same.Key.Step, same.Key.Code, same.Count()))
                .OrderBy(row => (row.BeginsAt, row.Type, row.Step, row.Code)),
        ];

    private static IReadOnlyList<DurationRow> Durations(Span span, IReadOnlyCollection<SagaSummary> ended) =>
        [
            .. ended
                .GroupBy(saga => (BeginsAt: End(span, saga), saga.Type, saga.State))
                .Select(same =>
                {
                    var buckets = same.CountBy(saga => DurationBuckets.Of(saga.EndedAt!.Value - saga.StartedAt))
                        .OrderBy(bucket => bucket.Key)
                        .ToList();
                    return new DurationRow(
                        span,
                        same.Key.BeginsAt,
                        same.Key.Type,
                        same.Key.State,
                        [.. buckets.Select(bucket => bucket.Key)],
                        [.. buckets.Select(bucket => (long)bucket.Value)]
                    );
                })
                .OrderBy(row => (row.BeginsAt, row.Type, row.State)),
        ];

    private IReadOnlyList<AmountRow> Amounts(Span span, IReadOnlyCollection<SagaSummary> ended) =>
        [
            .. ended
                .SelectMany(saga =>
                    money
                        .Of(saga)
                        .Select(held => new AmountRow(
                            span,
                            End(span, saga),
                            saga.Type,
                            saga.State,
                            held.Column,
                            held.Currency,
                            held.Amount,
                            1
                        ))
                )
                .GroupBy(row => row with { Amount = 0, Sagas = 0 })
                .Select(same => same.Key with { Amount = same.Sum(row => row.Amount), Sagas = same.Count() })
                .OrderBy(row => (row.BeginsAt, row.Type, row.State, row.Name, row.Currency)),
        ];

    private static DateTimeOffset End(Span span, SagaSummary saga) => Spans.Begin(span, saga.EndedAt!.Value);
}
