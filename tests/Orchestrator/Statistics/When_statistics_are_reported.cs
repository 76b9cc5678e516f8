using System.Globalization;
using SagaOrchestrator.Engine.Statistics;

namespace SagaOrchestrator.Tests.Statistics;

public sealed class When_statistics_are_reported
{
    private static readonly DateTimeOffset Ten = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

    private static readonly StatisticRows Rows = new(
        [
            new(Span.Hour, Ten, "order", 5, 3, 1, 1),
            new(Span.Hour, Ten.AddHours(1), "order", 1, 1, 1, 0),
            new(Span.Hour, Ten.AddHours(14), "order", 2, 0, 0, 0),
            new(Span.Hour, Ten, "trip", 1, 0, 0, 0),
        ],
        [
            new(Span.Hour, Ten, "order", "pay", "declined", 1),
            new(Span.Hour, Ten.AddHours(1), "order", "ship", "full", 3),
            new(Span.Hour, Ten.AddHours(1), "order", "pay", "declined", 1),
        ],
        [
            new(Span.Hour, Ten, "order", "Completed", [DurationBuckets.Of(TimeSpan.FromSeconds(1))], [90]),
            new(
                Span.Hour,
                Ten.AddHours(1),
                "order",
                "Completed",
                [DurationBuckets.Of(TimeSpan.FromSeconds(1)), DurationBuckets.Of(TimeSpan.FromSeconds(60))],
                [2, 10]
            ),
        ],
        [
            new(Span.Hour, Ten, "order", "Completed", "total", "EUR", 10.5m, 2),
            new(Span.Hour, Ten.AddHours(1), "order", "Completed", "total", "EUR", 1, 1),
        ]
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
    public void Should_add_rows_of_days_to_rows_of_hours()
    {
        var day = Spans.Begin(Span.Day, Ten);
        var rows = new StatisticRows(
            [new(Span.Day, day.AddDays(1), "order", 20, 0, 0, 0), new(Span.Hour, Ten, "order", 5, 0, 0, 0)],
            [],
            [],
            []
        );
        var report = Reporting.Of(rows, byDay: true);
        report.Periods.Select(sum => (sum.From, sum.Started)).ShouldBe([(day, 5), (day.AddDays(1), 20)]);
        report.Totals.Single().Started.ShouldBe(25);
    }

    [TestCase("2026-01-30T00:00Z", "2026-02-02T00:00Z", "2026-01-30T00:00Z", "2026-02-02T00:00Z", TestName = "days")]
    [TestCase("2026-01-30T10:00Z", "2026-02-02T15:00Z", "2026-01-31T00:00Z", "2026-02-02T00:00Z", TestName = "parts of days at both ends")]
    [TestCase("2026-01-30T10:00Z", "2026-01-30T15:00Z", "2026-01-30T15:00Z", "2026-01-30T15:00Z", TestName = "hours of one day")]
    [TestCase("2026-01-30T10:00Z", "2026-01-31T15:00Z", "2026-01-31T15:00Z", "2026-01-31T15:00Z", TestName = "hours of two days")]
    [TestCase("2026-01-30T00:00+02:00", "2026-02-01T00:00+02:00", "2026-01-30T00:00Z", "2026-01-31T00:00Z", TestName = "another zone")]
    public void Should_know_the_whole_days_of_a_range(string from, string before, string first, string end) =>
        Spans.WholeDays(Time(from), Time(before)).ShouldBe((Time(first), Time(end)));

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

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
