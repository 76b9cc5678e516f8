using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the overview shows.</summary>
internal sealed record OverviewFacts(
    StuckCount Stuck,
    IReadOnlyList<StuckGroup> Groups,
    IReadOnlyList<ParticipantItem> Participants,
    Readiness Health,
    IReadOnlyList<SagaCount> Counts,
    StatisticsAnswer Statistics
)
{
    private const string StuckSagas = "?stuck=true&sort=waiting&limit=500&count=true";

    public long Started => Statistics.Totals.Sum(total => total.Started);

    public IReadOnlyDictionary<DateTimeOffset, long> Completed => ByHour(period => period.Completed);

    public IReadOnlyDictionary<DateTimeOffset, long> Failed => ByHour(period => period.Failed);

    public IReadOnlyList<FailureCount> Failures =>
        [
            .. Statistics
                .Totals.SelectMany(total => total.Failures)
                .GroupBy(failure => (failure.Step, failure.Code))
                .Select(same => new FailureCount(same.Key.Step, same.Key.Code, same.Sum(failure => failure.Sagas)))
                .OrderByDescending(failure => failure.Sagas)
                .Take(8),
        ];

    public static async Task<OverviewFacts> Read(ApiClient api, CancellationToken cancellationToken)
    {
        var stuck = api.Sagas(StuckSagas, cancellationToken);
        var participants = api.Participants(cancellationToken);
        var health = api.Health(cancellationToken);
        var counts = api.Summary(cancellationToken);
        var statistics = api.Statistics(cancellationToken);
        await Task.WhenAll(stuck, participants, health, counts, statistics);
        var page = await stuck;
        return new OverviewFacts(
            new StuckCount(page.Items.Count, page.Count ?? page.Items.Count, page.CountIsExact ?? true),
            StuckGroup.Of(page.Items),
            (await participants).Items,
            await health,
            [
                .. (await counts)
                    .Counts.GroupBy(count => (count.Type, count.State))
                    .Select(same => new SagaCount(same.Key.Type, 0, same.Key.State, same.Sum(count => count.Count)))
                    .OrderBy(count => count.Type, StringComparer.Ordinal)
                    .ThenByDescending(count => count.Count),
            ],
            await statistics
        );
    }

    private Dictionary<DateTimeOffset, long> ByHour(Func<TypeStatistics, long> number) =>
        Statistics.Periods.GroupBy(period => period.From!.Value).ToDictionary(hour => hour.Key, hour => hour.Sum(number));
}

/// <summary>How many sagas are stuck.</summary>
/// <param name="Count">How many were read.</param>
/// <param name="Total">How many there are.</param>
/// <param name="IsExact">Whether it is exactly so many; else it is at least so many.</param>
internal sealed record StuckCount(int Count, long Total, bool IsExact);
