using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the overview shows.</summary>
internal sealed record OverviewFacts(
    StuckCount Stuck,
    IReadOnlyList<StuckGroup> Groups,
    DeadLetterFacts Letters,
    IReadOnlyList<ParticipantItem> Participants,
    Readiness Health,
    IReadOnlyList<SagaCount> Counts,
    StatisticsAnswer Statistics,
    IReadOnlyList<OperatorActionItem> Actions,
    IReadOnlyList<AlarmItem> Alarms
)
{
    private const string LastActions = "?limit=5";
    private const string StuckSagas = "?stuck=true&sort=waiting&limit=500&count=true&amounts=true";

    public bool NeedsPerson => Stuck.Count > 0 || Letters.Count > 0;

    /// <summary>Who is not there, or is sent nothing.</summary>
    public IReadOnlyList<string> Away =>
        [.. Participants.Where(participant => participant.State != "Closed").Select(participant => participant.Name)];

    public bool IsWell => Away.Count == 0 && Health.Status == "Healthy" && Alarms.Count == 0;

    /// <summary>Saga types most of which fail now.</summary>
    public IReadOnlyList<FailingType> Failing => FailingType.Of(Statistics.Periods, DateTimeOffset.UtcNow);

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
        var letters = DeadLetterFacts.Read(api, cancellationToken);
        var participants = api.Participants(cancellationToken);
        var health = api.Health(cancellationToken);
        var counts = api.Summary(cancellationToken);
        var statistics = api.Statistics(cancellationToken);
        var actions = api.OperatorActions(LastActions, cancellationToken);
        var alarms = api.Alarms(cancellationToken);
        await Task.WhenAll(stuck, letters, participants, health, counts, statistics, actions, alarms);
        var page = await stuck;
        return new OverviewFacts(
            new StuckCount(page.Items.Count, page.Count ?? page.Items.Count, page.CountIsExact ?? true, page.AtStake),
            StuckGroup.Of(page.Items),
            await letters,
            (await participants).Items,
            await health,
            [
                .. (await counts)
                    .Counts.GroupBy(count => (count.Type, count.State))
                    .Select(same => new SagaCount(same.Key.Type, 0, same.Key.State, same.Sum(count => count.Count)))
                    .OrderBy(count => count.Type, StringComparer.Ordinal)
                    .ThenByDescending(count => count.Count),
            ],
            await statistics,
            (await actions).Items,
            (await alarms).Items
        );
    }

    private Dictionary<DateTimeOffset, long> ByHour(Func<TypeStatistics, long> number) =>
        Statistics.Periods.GroupBy(period => period.From!.Value).ToDictionary(hour => hour.Key, hour => hour.Sum(number));
}

/// <summary>How many sagas are stuck.</summary>
/// <param name="Count">How many were read.</param>
/// <param name="Total">How many there are.</param>
/// <param name="IsExact">Whether it is exactly so many; else it is at least so many.</param>
/// <param name="AtStake">What they are about in money; null when no plan says.</param>
internal sealed record StuckCount(int Count, long Total, bool IsExact, string? AtStake);
