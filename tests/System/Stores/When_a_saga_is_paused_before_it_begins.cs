using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Tests.Outbox;

namespace SagaOrchestrator.Tests.Stores;

/// <summary>None of its steps waits for anything yet.</summary>
[TestFixture(Kind.Postgres)]
[TestFixture(Kind.Memory)]
public sealed class When_a_saga_is_paused_before_it_begins(Kind kind)
{
    private static readonly DateTimeOffset Since = SearchedSagas.Noon.AddMinutes(20);

    private SearchedSagas sagas = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        sagas = await SearchedSagas.Of(kind);
        await sagas.Write(sagas.Begun(1));
        var paused = sagas.Begun(2);
        paused.Progress = paused.Progress with { State = SagaState.Started, Pause = new Pause(Since, "alice", "Wait.") };
        paused.CurrentState = nameof(SagaState.Started);
        await sagas.Write(paused);
        await sagas.Project();
    }

    [OneTimeTearDown]
    public async Task Drop() => await sagas.DisposeAsync();

    [Test]
    [Property("Rule", "S42")]
    public async Task Should_wait_for_somebody_to_resume_it()
    {
        var found = (await Find(new SagaQuery { WaitsFor = ["Resume"] })).ShouldHaveSingleItem();
        found.BusinessKey.ShouldBe("p-2");
        (found.Step, found.Participant, found.WaitsSince).ShouldBe((null, null, Since));
    }

    [Test]
    public async Task Should_be_found_with_those_that_wait_for_long() =>
        SearchedSagas.Numbers(await Find(new SagaQuery { WaitsLongerThan = TimeSpan.FromMinutes(5) })).ShouldBe([2]);

    private async Task<IReadOnlyList<SagaSummary>> Find(SagaQuery query) =>
        (await sagas.Search.Find(query, from: null, 100, default)).Sagas;
}
