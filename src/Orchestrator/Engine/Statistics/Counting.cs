using System.Text.Json;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Statistics;

/// <summary>Counts what follows from sagas that were accepted, and from sagas that ended.</summary>
/// <param name="columns">The columns of a plan version.</param>
internal sealed class Counting(Func<string, int, IReadOnlyList<BusinessColumn>> columns)
{
    /// <summary>With the columns of the plans of this node.</summary>
    public static Counting By(PlanCatalogue plans) => new((type, version) => plans.TryGet(type, version)?.Columns ?? []);

    /// <param name="started">Sagas that are counted as accepted.</param>
    /// <param name="ended">Sagas that are counted as ended.</param>
    public StatisticRows Of(IReadOnlyCollection<SagaSummary> started, IReadOnlyCollection<SagaSummary> ended) =>
        new(
            [
                .. started
                    .Select(saga => new FlowRow(Hour(saga.StartedAt), saga.Type, 1, 0, 0, 0))
                    .Concat(
                        ended.Select(saga =>
                            saga.State == "Completed"
                                ? new FlowRow(Hour(saga.EndedAt!.Value), saga.Type, 0, 1, 0, 0)
                                : new FlowRow(Hour(saga.EndedAt!.Value), saga.Type, 0, 0, 1, saga.WasUndone ? 1 : 0)
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
                    .GroupBy(saga => (Hour: Hour(saga.EndedAt!.Value), saga.Type, Step: saga.ErrorStep!, Code: saga.ErrorCode!))
                    .Select(same => new FailureRow(same.Key.Hour, same.Key.Type, same.Key.Step, same.Key.Code, same.Count()))
                    .OrderBy(row => (row.Hour, row.Type, row.Step, row.Code)),
            ],
            [
                .. ended
                    .GroupBy(saga =>
                        (
                            Hour: Hour(saga.EndedAt!.Value),
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

    private static DateTimeOffset Hour(DateTimeOffset at) =>
        new(at.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    private IEnumerable<AmountRow> Amounts(SagaSummary saga)
    {
        var money = columns(saga.Type, saga.PlanVersion).Where(column => column.CurrencyColumn is not null).ToList();
        if (money.Count == 0)
        {
            yield break;
        }

        using var held = JsonDocument.Parse(saga.Columns);
        foreach (var column in money)
        {
            if (held.RootElement.TryGetProperty(column.Name, out var amount))
            {
                var currency = held.RootElement.TryGetProperty(column.CurrencyColumn!, out var text) ? text.GetString()! : string.Empty;
                yield return new AmountRow(Hour(saga.EndedAt!.Value), saga.Type, saga.State, column.Name, currency, amount.GetDecimal(), 1);
            }
        }
    }
}
