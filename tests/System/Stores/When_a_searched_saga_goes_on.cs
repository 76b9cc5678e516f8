using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Tests.Outbox;

namespace SagaOrchestrator.Tests.Stores;

[TestFixture(Kind.Postgres)]
[TestFixture(Kind.Memory)]
public sealed class When_a_searched_saga_goes_on(Kind kind)
{
    private static readonly DateTimeOffset Noon = SearchedSagas.Noon;

    [Test]
    public async Task Should_be_found_and_counted_as_it_is_then()
    {
        await using var sagas = await SearchedSagas.Of(kind);
        await sagas.Write(sagas.Parcel(5));
        await sagas.Project();
        (await Numbers(sagas, "Parked")).ShouldBe([5]);

        var saga = (await sagas.Store.Load(sagas.Parcel(5).CorrelationId, default)).Saga!;
        saga.Progress = saga.Progress with
        {
            State = SagaState.Completed,
            Steps = [.. saga.Progress.Steps.Select(step => step with { State = StepState.Completed, Wait = Wait.None, Failure = null })],
        };
        saga.CurrentState = "Completed";
        saga.Now = Noon.AddHours(1);
        saga.EndedAt = saga.Now;
        await sagas.Write(saga);
        await sagas.Project();

        (await Numbers(sagas, "Parked")).ShouldBeEmpty();
        var found = (await sagas.Search.Find(new SagaQuery { States = ["Completed"] }, from: null, 10, default)).Sagas.Single();
        (found.WaitsFor, found.WaitsSince, found.Step, found.StuckStep, found.EndedAt).ShouldBe((null, null, null, null, Noon.AddHours(1)));
        found.Columns.ShouldContain("Bob");
        (await sagas.Search.Count(default)).ShouldBe([new SagaCount("parcel", 1, "Completed", 1)]);
        var total = (
            await sagas.Statistics.Read(new StatisticsQuery([], Noon.AddDays(-1), Noon.AddDays(1), ByDay: true), default)
        ).Totals.Single();
        (total.Started, total.Completed, total.Failed).ShouldBe((1, 1, 0));
    }

    [Test]
    public async Task Should_have_its_answers_counted_once_and_its_timer_where_it_is()
    {
        await using var sagas = await SearchedSagas.Of(kind);
        await sagas.Write(sagas.Begun(7));
        await sagas.Project();
        (await Answers(sagas)).ShouldBeEmpty("nobody has answered");
        (await sagas.Summaries.Timers([], Noon.AddDays(31), default)).Select(hour => (hour.Hour, hour.Timers)).ShouldBe([(Hour(7), 1)]);

        await sagas.Answer(7, HistoryTypes.StepCompleted);
        await sagas.Project();
        var desks = (await Answers(sagas)).ShouldHaveSingleItem();
        (desks.Participant, desks.Completed, desks.Rejected, desks.Unknown).ShouldBe(("desks", 1, 0, 0));
        desks.P50!.Value.ShouldBeInRange(6.6, 7.4);
        var timer = (await sagas.Summaries.Timers([], Noon.AddDays(31), default)).ShouldHaveSingleItem();
        (timer.Type, timer.Timers).ShouldBe(("parcel", 1));
        timer.Hour.ShouldBeGreaterThan(Noon.AddDays(29));

        var saga = (await sagas.Store.Load(sagas.Parcel(7).CorrelationId, default)).Saga!;
        saga.Now = Noon.AddMinutes(18);
        saga.NewHistory.Add(new HistoryEntry(HistoryTypes.StepStarted, "send", Direction.Do, 1));
        saga.NewHistory.Add(new HistoryEntry(HistoryTypes.StepRejected, "send", Direction.Do, 1));
        (saga.Progress, saga.EndedAt) = (saga.Progress with { State = SagaState.Failed, Steps = [] }, saga.Now);
        await sagas.Write(saga);
        await sagas.Project();
        (await Answers(sagas)).Select(one => (one.Participant, one.Completed, one.Rejected)).ShouldBe([("desks", 1, 0), ("vans", 0, 1)]);
        (await sagas.Summaries.Timers([], Noon.AddDays(31), default)).ShouldBeEmpty();
    }

    // In which the saga would begin by itself.
    private static DateTimeOffset Hour(int number)
    {
        var begins = Noon.AddMinutes(number).AddSeconds(30);
        return begins.AddTicks(-(begins.UtcTicks % TimeSpan.TicksPerHour));
    }

    private static Task<IReadOnlyList<ParticipantAnswers>> Answers(SearchedSagas sagas) =>
        sagas.Statistics.Answers(Noon.AddDays(-1), Noon.AddDays(1), default);

    private static async Task<int[]> Numbers(SearchedSagas sagas, string state) =>
        SearchedSagas.Numbers((await sagas.Search.Find(new SagaQuery { States = [state] }, from: null, 10, default)).Sagas);
}
