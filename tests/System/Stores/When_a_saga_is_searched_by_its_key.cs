using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Tests.Outbox;

namespace SagaOrchestrator.Tests.Stores;

[TestFixture(Kind.Postgres)]
[TestFixture(Kind.Memory)]
public sealed class When_a_saga_is_searched_by_its_key(Kind kind)
{
    private SearchedSagas sagas = null!;

    [OneTimeSetUp]
    public async Task Create() => sagas = await SearchedSagas.Of(kind);

    [OneTimeTearDown]
    public async Task Drop() => await sagas.DisposeAsync();

    [Test]
    public async Task Should_find_what_was_written_just_now()
    {
        var saga = sagas.Parcel(5);
        await sagas.Write(saga);
        (await Find(new SagaQuery { BusinessKey = saga.BusinessKey })).ShouldBe([5]);
        (await sagas.Search.Total(new SagaQuery { BusinessKey = saga.BusinessKey }, default)).ShouldBe(new SagaTotal(1, IsExact: true));
        (
            await Find(
                new SagaQuery
                {
                    BusinessKey = saga.BusinessKey,
                    Types = ["parcel"],
                    States = ["Parked"],
                }
            )
        ).ShouldBe([5]);
    }

    [Test]
    public async Task Should_not_find_what_another_filter_leaves_out()
    {
        var saga = sagas.Parcel(4);
        await sagas.Write(saga);
        (await Find(new SagaQuery { BusinessKey = saga.BusinessKey, Types = ["letter"] })).ShouldBeEmpty();
        (await Find(new SagaQuery { BusinessKey = saga.BusinessKey, States = ["Parked"] })).ShouldBeEmpty();
        (await Find(new SagaQuery { BusinessKey = saga.BusinessKey, Columns = [new("customer", "Bob")] })).ShouldBeEmpty();
    }

    private async Task<int[]> Find(SagaQuery query) =>
        SearchedSagas.Numbers((await sagas.Search.Find(query, from: null, 10, default)).Sagas);
}
