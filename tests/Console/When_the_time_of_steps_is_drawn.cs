using System.Globalization;
using SagaOrchestrator.Console.Api;
using SagaOrchestrator.Console.Pages;

namespace SagaOrchestrator.Console.Tests;

/// <summary>What the page of a saga says a step's time went into.</summary>
public sealed class When_the_time_of_steps_is_drawn
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [TestCase("1 step_started, 4 step_completed", "work 1-4")]
    [TestCase("1 step_started, 4 step_timed_out, 4 retry_scheduled, 6 step_retried, 7 step_completed", "work 1-4 retry 4-6 work 6-7")]
    [TestCase("1 step_started, 4 participant_away, 8 participant_back, 9 step_rejected", "work 1-4 waits 4-8 work 8-9")]
    [TestCase("1 signal_awaited, 5 signal_received", "waits 1-5")]
    [TestCase(
        "1 step_started, 2 step_completed, 3 compensation_queued, 4 compensation_started, 6 compensation_failed, 6 saga_parked",
        "work 1-2 waits 3-4 undo 4-6 waits 6-10"
    )]
    [TestCase("1 step_started, 2 step_progressed, 3 step_enquired, 5 step_not_done", "work 1-5")]
    [TestCase("1 step_started", "work 1-10")]
    [TestCase("1 step_skipped", "")]
    public void Should_say_what_it_went_into(string history, string spans) => Of(Entries(history)).ShouldBe(spans);

    [Test]
    public void Should_wait_while_the_saga_is_paused()
    {
        HistoryItem[] entries =
        [
            .. Entries("1 step_started"),
            Entry(3, "operator_paused", step: null),
            Entry(7, "operator_resumed", step: null),
            .. Entries("9 step_completed"),
        ];
        Of(entries).ShouldBe("work 1-3 waits 3-7 work 7-9");
    }

    [TestCase("5 step_completed", "work 1-3 waits 3-5")]
    [TestCase("5 retry_scheduled", "work 1-3 waits 3-5 retry 5-10")]
    [TestCase("5 step_progressed", "work 1-3 waits 3-7 work 7-10")]
    public void Should_go_on_with_what_came_while_the_saga_was_paused(string meanwhile, string spans)
    {
        HistoryItem[] entries =
        [
            .. Entries("1 step_started"),
            Entry(3, "operator_paused", step: null),
            .. Entries(meanwhile),
            Entry(7, "operator_resumed", step: null),
        ];
        Of(entries).ShouldBe(spans);
    }

    [Test]
    public void Should_end_with_the_saga()
    {
        Of([.. Entries("1 step_started"), Entry(3, "saga_failed", step: null)]).ShouldBe("work 1-3");
    }

    private static string Of(IEnumerable<HistoryItem> history) =>
        string.Join(
            ' ',
            StepSpans
                .Of(history, Start.AddSeconds(10))
                .SelectMany(step => step.Drawn)
                .Select(span => $"{span.Kind} {(span.From - Start).TotalSeconds}-{(span.To - Start).TotalSeconds}")
        );

    private static IEnumerable<HistoryItem> Entries(string history) =>
        history
            .Split(", ")
            .Select(entry => entry.Split(' '))
            .Select(entry => Entry(int.Parse(entry[0], CultureInfo.InvariantCulture), entry[1], "pay"));

    private static HistoryItem Entry(int second, string type, string? step) =>
        new(second, Start.AddSeconds(second), type, step, "do", 1, null, null, null, null, new CauseItem("Timer", null));
}
