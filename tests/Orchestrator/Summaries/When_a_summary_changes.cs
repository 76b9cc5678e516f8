using SagaOrchestrator.Engine.Projection;
using SagaOrchestrator.Engine.Search;

namespace SagaOrchestrator.Tests.Summaries;

public sealed class When_a_summary_changes
{
    private static readonly SagaSummary Started = new()
    {
        Id = Guid.NewGuid(),
        Version = 1,
        Type = "order",
        PlanVersion = 1,
        BusinessKey = "o",
        State = "Started",
        StartedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    private static readonly SagaSummary Ended = Started with { Version = 2, State = "Completed", EndedAt = DateTimeOffset.UnixEpoch };

    [Test]
    public void Should_count_a_new_saga_once() => Counts(Change(null, Started)).ShouldBe([(("order", 1, "Started"), 1)]);

    [Test]
    public void Should_move_a_saga_from_one_state_to_another() =>
        Counts(Change(Started, Ended)).ShouldBe([(("order", 1, "Completed"), 1), (("order", 1, "Started"), -1)]);

    [Test]
    public void Should_count_nothing_for_a_saga_that_stays() => Counts(Change(Started, Started with { Version = 2 })).ShouldBeEmpty();

    [Test]
    public void Should_count_nothing_for_what_evens_out() =>
        Counts(Change(Started, Ended), Change(Ended with { Id = Guid.NewGuid() }, Started)).ShouldBeEmpty();

    [Test]
    public void Should_move_its_timer_from_one_hour_to_another()
    {
        var armed = Started with { DueAt = DateTimeOffset.UnixEpoch.AddMinutes(90) };
        var next = armed with { DueAt = DateTimeOffset.UnixEpoch.AddMinutes(200) };
        var (one, three) = (DateTimeOffset.UnixEpoch.AddHours(1), DateTimeOffset.UnixEpoch.AddHours(3));
        Timers(Change(null, armed)).ShouldBe([((one, "order"), 1)]);
        Timers(Change(armed, next)).ShouldBe([((one, "order"), -1), ((three, "order"), 1)]);
        Timers(Change(next, Ended)).ShouldBe([((three, "order"), -1)]);
        Timers(Change(armed, armed with { DueAt = armed.DueAt.Value.AddMinutes(1) })).ShouldBeEmpty();
        Timers(Change(null, armed), Change(null, armed with { Id = Guid.NewGuid() })).ShouldBe([((one, "order"), 2)]);
    }

    [Test]
    public void Should_be_news_only_with_a_newer_version()
    {
        Change(null, Started).IsNews.ShouldBeTrue();
        Change(Started, Ended).IsNews.ShouldBeTrue();
        Change(Ended, Ended).IsNews.ShouldBeFalse();
        Change(Ended, Started).IsNews.ShouldBeFalse();
    }

    [Test]
    public void Should_be_counted_as_accepted_and_as_ended_once()
    {
        (Change(null, Started).IsStart, Change(null, Started).IsEnd).ShouldBe((true, false));
        (Change(Started, Ended).IsStart, Change(Started, Ended).IsEnd).ShouldBe((false, true));
        (Change(null, Ended).IsStart, Change(null, Ended).IsEnd).ShouldBe((true, true));
        Change(Ended, Ended with { Version = 3 }).IsEnd.ShouldBeFalse();
    }

    private static SummaryChange Change(SagaSummary? before, SagaSummary after) => new(before, after, []);

    private static IEnumerable<((DateTimeOffset, string), int)> Timers(params SummaryChange[] changes) => SummaryChange.Timers(changes);

    private static IEnumerable<((string, int, string), int)> Counts(params SummaryChange[] changes) => SummaryChange.Counts(changes);
}
