using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Search;

namespace SagaOrchestrator.Engine.Statistics;

/// <summary>Counts what follows from sagas that were accepted, and from sagas that ended.</summary>
/// <param name="money">Reads what the sagas are about.</param>
internal sealed class Counting(MoneyColumns money)
{
    /// <summary>With the columns of the plans of this node.</summary>
    public static Counting By(PlanCatalogue plans) => new(MoneyColumns.Of(plans));

    /// <param name="started">Sagas that are counted as accepted.</param>
    /// <param name="ended">Sagas that are counted as ended.</param>
    public StatisticRows Of(IReadOnlyCollection<SagaSummary> started, IReadOnlyCollection<SagaSummary> ended) =>
        new(
            [
                .. started
                    .Select(saga => new FlowRow(Hours.Of(saga.StartedAt), saga.Type, 1, 0, 0, 0))
                    .Concat(
                        ended.Select(saga =>
                            saga.State == "Completed"
                                ? new FlowRow(Hours.Of(saga.EndedAt!.Value), saga.Type, 0, 1, 0, 0)
                                : new FlowRow(Hours.Of(saga.EndedAt!.Value), saga.Type, 0, 0, 1, saga.WasUndone ? 1 : 0)
                        )
                    )
                    .GroupBy(row => (row.Hour, row.Type))
                    .Select(same => new FlowRow(
                        same.Key.Hour,
                        same.Key.Type,
                        same.Sum(row => row.Started),
                        same.Sum(row => row.Completed),
                        same.Sum(row => row.Failed),
                        same.Sum(row => row.Undone)
                    ))
                    .OrderBy(row => (row.Hour, row.Type)),
            ],
            [
                .. ended
                    .Where(saga => saga.ErrorStep is not null)
                    .GroupBy(saga => (Hour: Hours.Of(saga.EndedAt!.Value), saga.Type, Step: saga.ErrorStep!, Code: saga.ErrorCode!))
                    .Select(same => new FailureRow(same.Key.Hour, same.Key.Type, same.Key.Step, same.Key.Code, same.Count()))
                    .OrderBy(row => (row.Hour, row.Type, row.Step, row.Code)),
            ],
            [
                .. ended
                    .GroupBy(saga =>
                        (
                            Hour: Hours.Of(saga.EndedAt!.Value),
                            saga.Type,
                            saga.State,
                            Bucket: DurationBuckets.Of(saga.EndedAt!.Value - saga.StartedAt)
                        )
                    )
                    .Select(same => new DurationRow(same.Key.Hour, same.Key.Type, same.Key.State, same.Key.Bucket, same.Count()))
                    .OrderBy(row => (row.Hour, row.Type, row.State, row.Bucket)),
            ],
            [
                .. ended
                    .SelectMany(Amounts)
                    .GroupBy(row => row with { Amount = 0, Sagas = 0 })
                    .Select(same => same.Key with { Amount = same.Sum(row => row.Amount), Sagas = same.Count() })
                    .OrderBy(row => (row.Hour, row.Type, row.State, row.Name, row.Currency)),
            ]
        );

    private IEnumerable<AmountRow> Amounts(SagaSummary saga) =>
        money
            .Of(saga)
            .Select(held => new AmountRow(
                Hours.Of(saga.EndedAt!.Value),
                saga.Type,
                saga.State,
                held.Column,
                held.Currency,
                held.Amount,
                1
            ));
}
