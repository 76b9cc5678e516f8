using SagaOrchestrator.Decisions.Progress;
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

    private static async Task<int[]> Numbers(SearchedSagas sagas, string state) =>
        SearchedSagas.Numbers((await sagas.Search.Find(new SagaQuery { States = [state] }, from: null, 10, default)).Sagas);
}
