using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Tests.Statistics;

public sealed class When_sagas_are_counted
{
    private static readonly DateTimeOffset Ten = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

    private static readonly BusinessColumn[] Columns =
    [
        new("total", ColumnKind.Number, IsIndexed: false, "total_currency"),
        new("total_currency", ColumnKind.Text, IsIndexed: false),
        new("weight", ColumnKind.Number, IsIndexed: false),
    ];

    private readonly Counting counting = new(new MoneyColumns((type, _) => type == "order" ? Columns : []));

    [Test]
    public void Should_count_a_start_in_the_hour_of_the_start_and_an_end_in_that_of_the_end()
    {
        var saga = Saga("Completed", started: 59, took: 2);
        var rows = counting.Of(Span.Hour, [saga], [saga]);
        rows.Flows.ShouldBe([
            new FlowRow(Span.Hour, Ten, "order", 1, 0, 0, 0),
            new FlowRow(Span.Hour, Ten.AddHours(1), "order", 0, 1, 0, 0),
        ]);
    }

    [Test]
    public void Should_tell_failed_ones_that_had_something_to_undo()
    {
        SagaSummary[] ended = [Saga("Failed", 0, 1) with { WasUndone = true }, Saga("Failed", 0, 1), Saga("Completed", 0, 1)];
        counting.Of(Span.Hour, [], ended).Flows.ShouldBe([new FlowRow(Span.Hour, Ten, "order", 0, 1, 2, 1)]);
    }

    [Test]
    public void Should_add_up_failures_by_step_and_code()
    {
        SagaSummary[] ended =
        [
            Failed("pay", "declined"),
            Failed("pay", "declined"),
            Failed("pay", "timeout"),
            Failed("ship", "declined"),
            Saga("Completed", 0, 1),
        ];
        counting
            .Of(Span.Hour, [], ended)
            .Failures.ShouldBe([
                new FailureRow(Span.Hour, Ten, "order", "pay", "declined", 2),
                new FailureRow(Span.Hour, Ten, "order", "pay", "timeout", 1),
                new FailureRow(Span.Hour, Ten, "order", "ship", "declined", 1),
            ]);
    }

    [Test]
    public void Should_sum_money_by_currency_and_nothing_else()
    {
        SagaSummary[] ended =
        [
            Paid("10.50", "EUR"),
            Paid("0.25", "EUR"),
            Paid("3", "USD"),
            Saga("Failed", 0, 1) with
            {
                Columns = """{"total": 7, "total_currency": "EUR"}""",
            },
            Saga("Completed", 0, 1) with
            {
                Columns = """{"weight": 4}""",
            },
            Saga("Completed", 0, 1) with
            {
                Columns = """{"total": 1}""",
            },
        ];
        counting
            .Of(Span.Hour, [], ended)
            .Amounts.ShouldBe([
                new AmountRow(Span.Hour, Ten, "order", "Completed", "total", "", 1, 1),
                new AmountRow(Span.Hour, Ten, "order", "Completed", "total", "EUR", 10.75m, 2),
                new AmountRow(Span.Hour, Ten, "order", "Completed", "total", "USD", 3, 1),
                new AmountRow(Span.Hour, Ten, "order", "Failed", "total", "EUR", 7, 1),
            ]);
    }

    [Test]
    public void Should_put_like_durations_together()
    {
        SagaSummary[] ended = [Saga("Completed", 0, 10), Saga("Completed", 0, 10), Saga("Completed", 0, 20), Saga("Failed", 0, 10)];
        var durations = counting.Of(Span.Hour, [], ended).Durations;
        durations
            .Select(row => (row.State, string.Join(' ', row.Buckets), string.Join(' ', row.Sagas)))
            .ShouldBe([("Completed", $"{Bucket(10)} {Bucket(20)}", "2 1"), ("Failed", $"{Bucket(10)}", "1")]);
    }

    [Test]
    public void Should_count_hours_in_their_day()
    {
        var saga = Saga("Completed", started: 13 * 60 + 59, took: 2);
        var rows = counting.Of(Span.Day, [saga], [saga]);
        var midnight = Ten.AddHours(-10);
        rows.Flows.ShouldBe([
            new FlowRow(Span.Day, midnight, "order", 1, 0, 0, 0),
            new FlowRow(Span.Day, midnight.AddDays(1), "order", 0, 1, 0, 0),
        ]);
        rows.Durations.ShouldHaveSingleItem().BeginsAt.ShouldBe(midnight.AddDays(1));
    }

    private static int Bucket(int minutes) => DurationBuckets.Of(TimeSpan.FromMinutes(minutes));

    private static SagaSummary Saga(string state, int started, int took) =>
        new()
        {
            Id = Guid.NewGuid(),
            Version = 1,
            Type = "order",
            PlanVersion = 1,
            BusinessKey = "o",
            State = state,
            StartedAt = Ten.AddMinutes(started),
            UpdatedAt = Ten.AddMinutes(started + took),
            EndedAt = Ten.AddMinutes(started + took),
        };

    private static SagaSummary Failed(string step, string code) => Saga("Failed", 0, 1) with { ErrorStep = step, ErrorCode = code };

    private static SagaSummary Paid(string amount, string currency) =>
        Saga("Completed", 0, 1) with
        {
            Columns = $$"""{"total": {{amount}}, "total_currency": "{{currency}}", "weight": 2}""",
        };
}
