using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Tests.Outbox;

namespace SagaOrchestrator.Tests.Stores;

public sealed class When_summaries_are_made_anew
{
    private SearchedSagas sagas = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        sagas = await SearchedSagas.Of(Kind.Postgres);
        foreach (var number in Enumerable.Range(0, 10))
        {
            await sagas.Write(sagas.Begun(number));
            await sagas.Project();
            await sagas.Answer(number, number % 3 == 0 ? HistoryTypes.StepFaulted : HistoryTypes.StepCompleted);
            await sagas.Project();
        }
    }

    [OneTimeTearDown]
    public async Task Drop() => await sagas.DisposeAsync();

    [Test]
    public async Task Should_equal_what_was_there()
    {
        var (lists, counts, statistics) = (await List(), await sagas.Search.Count(default), await Statistics());
        var (answers, timers, days) = (await Answers(), await Timers(), await Days());
        answers
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                desks => desks.Completed.ShouldBe(6),
                desks => desks.Unknown.ShouldBe(4),
                desks => desks.P95!.Value.ShouldBeInRange(8.5, 9.5)
            );
        timers.Sum(hour => hour.Timers).ShouldBe(2);
        statistics
            .Totals.Single()
            .ShouldSatisfyAllConditions(
                total => total.Started.ShouldBe(10),
                total => total.Failed.ShouldBe(5),
                total => total.Amounts.Count.ShouldBe(2)
            );

        (await sagas.Rebuild!.Run(default)).ShouldBe(10);
        (await List()).ShouldBeEmpty();
        await sagas.Project();

        (await List()).ShouldBe(lists);
        (await sagas.Search.Count(default)).ShouldBe(counts);
        var again = await Statistics();
        again.Totals.ShouldBeEquivalentTo(statistics.Totals);
        again.Periods.ShouldBeEquivalentTo(statistics.Periods);
        (await Days()).ShouldBeEquivalentTo(days);
        (await Answers()).ShouldBe(answers);
        (await Timers()).ShouldBe(timers);
        (await sagas.Search.Find(new SagaQuery { Columns = [new("weight", "3.5")] }, from: null, 10, default)).Sagas.ShouldHaveSingleItem();
    }

    [Test]
    public async Task Should_keep_counting_where_retention_has_deleted_sagas()
    {
        var before = (await Statistics()).Totals;
        // What is left of an hour whose other sagas are gone.
        await sagas.Query<int>("update orchestrator.saga set ended_at = now() - interval '2 days' where business_key = 'p-1'; select 1");
        await sagas.Rebuild!.Run(default);
        await sagas.Project();
        (await sagas.Query<long>("select sum(sagas)::bigint from orchestrator.saga_count")).ShouldBe(10);
        (await Statistics()).Totals[0].Started.ShouldBe(before[0].Started);
        await sagas.Query<int>("update orchestrator.saga set ended_at = updated_at where business_key = 'p-1'; select 1");
        await sagas.Rebuild.Run(default);
        await sagas.Project();
    }

    private async Task<IReadOnlyList<(Guid, string, string?, string?, DateTimeOffset?, string)>> List() =>
        [
            .. (await sagas.Search.Find(new SagaQuery(), from: null, 100, default)).Sagas.Select(saga =>
                (saga.Id, saga.State, saga.WaitsFor, saga.ErrorCode, saga.WaitsSince, saga.Columns)
            ),
        ];

    private Task<IReadOnlyList<ParticipantAnswers>> Answers() =>
        sagas.Statistics.Answers(SearchedSagas.Noon.AddDays(-3), SearchedSagas.Noon.AddDays(3), default);

    private Task<IReadOnlyList<TimerCount>> Timers() => sagas.Summaries.Timers([], SearchedSagas.Noon.AddDays(31), default);

    private Task<StatisticsReport> Statistics() => Statistics(byDay: false);

    private async Task<IReadOnlyList<TypeStatistics>> Days() => (await Statistics(byDay: true)).Periods;

    private Task<StatisticsReport> Statistics(bool byDay) =>
        sagas.Statistics.Read(new StatisticsQuery([], SearchedSagas.Noon.AddDays(-3), SearchedSagas.Noon.AddDays(3), byDay), default);
}
