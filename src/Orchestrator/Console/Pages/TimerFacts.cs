using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the page of timers shows.</summary>
/// <param name="Timers">As the API tells them.</param>
/// <param name="Types">The saga types that there are.</param>
/// <param name="ReadAt">When they were read.</param>
internal sealed record TimerFacts(TimersAnswer Timers, IReadOnlyList<string> Types, DateTimeOffset ReadAt)
{
    /// <summary>A timer is late when it was due longer ago; the API counts them so.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    /// <summary>The hour in which it was read.</summary>
    public DateTimeOffset Now => HourOf(ReadAt);

    public IReadOnlyDictionary<DateTimeOffset, long> ByHour =>
        Timers.Hours.GroupBy(hour => hour.Hour).ToDictionary(hour => hour.Key, hour => hour.Sum(count => count.Timers));

    public long Due => Timers.Hours.Sum(hour => hour.Timers);

    public IEnumerable<IGrouping<DateTimeOffset, TimerCount>> Hours =>
        Timers.Hours.OrderBy(count => count.Hour).GroupBy(count => count.Hour);

    public bool IsLate(TimerItem timer) => timer.DueAt < ReadAt - Late;

    public static async Task<TimerFacts> Read(ApiClient api, string? type, CancellationToken cancellationToken)
    {
        var timers = api.Timers(PageFilter.With(("type", type)).Query(("limit", "50")), cancellationToken);
        var types = api.SagaTypes(cancellationToken);
        await Task.WhenAll(timers, types);
        return new TimerFacts(await timers, [.. (await types).Items.Select(one => one.Type)], DateTimeOffset.UtcNow);
    }

    private static DateTimeOffset HourOf(DateTimeOffset at) =>
        new(at.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
