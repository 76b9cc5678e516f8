using SagaOrchestrator.Engine.Statistics;

namespace SagaOrchestrator.Tests.Statistics;

public sealed class When_statistics_are_reported
{
    private static readonly DateTimeOffset Ten = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

    private static readonly StatisticRows Rows = new(
        [
            new(Ten, "order", 5, 3, 1, 1),
            new(Ten.AddHours(1), "order", 1, 1, 1, 0),
            new(Ten.AddHours(14), "order", 2, 0, 0, 0),
            new(Ten, "trip", 1, 0, 0, 0),
        ],
        [
            new(Ten, "order", "pay", "declined", 1),
            new(Ten.AddHours(1), "order", "ship", "full", 3),
            new(Ten.AddHours(1), "order", "pay", "declined", 1),
        ],
        [
            new(Ten, "order", "Completed", DurationBuckets.Of(TimeSpan.FromSeconds(1)), 90),
            new(Ten.AddHours(1), "order", "Completed", DurationBuckets.Of(TimeSpan.FromSeconds(60)), 10),
        ],
        [new(Ten, "order", "Completed", "total", "EUR", 10.5m, 2), new(Ten.AddHours(1), "order", "Completed", "total", "EUR", 1, 1)]
    );

    [Test]
    public void Should_be_in_order_by_hour_and_type() =>
        Reporting
            .Of(Rows, byDay: false)
            .Periods.Select(sum => (sum.From, sum.Type, sum.Started, sum.Completed, sum.Failed, sum.Undone))
            .ShouldBe([
                (Ten, "order", 5, 3, 1, 1),
                (Ten, "trip", 1, 0, 0, 0),
                (Ten.AddHours(1), "order", 1, 1, 1, 0),
                (Ten.AddHours(14), "order", 2, 0, 0, 0),
            ]);

    [Test]
    public void Should_be_added_up_to_days()
    {
        var day = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);
        Reporting
            .Of(Rows, byDay: true)
            .Periods.Select(sum => (sum.From, sum.Type, sum.Started))
            .ShouldBe([(day, "order", 6), (day, "trip", 1), (day.AddDays(1), "order", 2)]);
    }

    [Test]
    public void Should_be_added_up_to_totals()
    {
        var total = Reporting.Of(Rows, byDay: false).Totals[0];
        (total.Type, total.From, total.Started, total.Completed, total.Failed, total.CompensationRate).ShouldBe(
            ("order", null, 8, 4, 2, 0.1667)
        );
        total.Failures.ShouldBe([new FailureStatistics("ship", "full", 3), new FailureStatistics("pay", "declined", 2)]);
        total.Amounts.ShouldBe([new AmountStatistics("total", "EUR", "Completed", 11.5m, 3)]);
        total.Failing.ShouldBeNull();
        total.Completing!.P50.ShouldBe(1, 0.05);
        total.Completing.P95.ShouldBe(60, 3);
    }

    [Test]
    public void Should_say_nothing_of_a_rate_where_nothing_ended() =>
        Reporting.Of(Rows, byDay: false).Totals[1].CompensationRate.ShouldBeNull();

    [TestCase(1)]
    [TestCase(37)]
    [TestCase(1_000)]
    [TestCase(86_400_000)]
    public void Should_be_off_by_a_twentieth_of_a_duration_at_most(int milliseconds) =>
        DurationBuckets
            .Middle(DurationBuckets.Of(TimeSpan.FromMilliseconds(milliseconds)))
            .TotalMilliseconds.ShouldBe(milliseconds, milliseconds * 0.05);
}
