using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Server.Sagas.OrderFulfillment;
using SagaOrchestrator.Tests.Outbox;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Stores;

/// <summary>Saga, timer, inbox and outbox are one: they come together, or none of them does.</summary>
public sealed class When_a_unit_with_a_new_saga_fails
{
    private readonly OrderFulfillmentPlan plan = new(new OrderFulfillmentOptions());
    private Committers committers = null!;
    private PostgresSagaStore store = null!;

    [SetUp]
    public async Task Create()
    {
        committers = await Committers.Of(Kind.Postgres);
        store = new PostgresSagaStore(committers.Database!.Service, OrchestratorNames.Default, new DatabaseClock());
    }

    [TearDown]
    public async Task Drop() => await committers.DisposeAsync();

    [Test]
    [Property("Rule", "S25")]
    public async Task Should_keep_nothing_of_it()
    {
        var (saga, message) = (New(), Guid.NewGuid());
        saga.Data = "{ this is no JSON";
        using var unit = Committers.Unit(message, Guid.NewGuid());
        unit.Add(new SagaWrite(store, saga));

        (await Should.ThrowAsync<PostgresException>(() => committers.Committer.Commit(unit, default))).SqlState.ShouldBe("22P02");

        (await store.Load(saga.CorrelationId, default)).Saga.ShouldBeNull();
        (await committers.Committer.IsHandled(message, default)).ShouldBeFalse();
        (await committers.Store.Backlog(default)).Count.ShouldBe(0);
        (await committers.Database!.Query<long>("select count(*) from orchestrator.saga where wake_at is not null")).ShouldBe(0);
    }

    [Test]
    [Property("Rule", "S25")]
    public async Task Should_show_nothing_of_it_until_it_is_committed()
    {
        var (saga, message) = (New(), Guid.NewGuid());
        await using var held = await HeldGroup.Begin(committers.Database!, committers.Committer);
        using var unit = Committers.Unit(message, Guid.NewGuid());
        unit.Add(new SagaWrite(store, saga));
        var committing = committers.Committer.Commit(unit, default);
        (await store.Load(saga.CorrelationId, default)).Saga.ShouldBeNull();
        (await committers.Committer.IsHandled(message, default)).ShouldBeFalse();

        await held.LetGo();

        (await committing).ShouldBe(CommitResult.Committed);
        (await store.Load(saga.CorrelationId, default)).Saga.ShouldNotBeNull();
        (await committers.Committer.IsHandled(message, default)).ShouldBeTrue();
        (await committers.Store.Backlog(default)).Count.ShouldBe(1);
    }

    private SagaInstance New()
    {
        var request = plan.Read(System.Text.Encoding.UTF8.GetBytes(Order.Of().ToJsonString()));
        var saga = new SagaInstance { CorrelationId = Decisions.Ids.SagaIds.OfSaga(plan.Type, request.BusinessKey) };
        saga.Accept(request, DateTimeOffset.UtcNow, traceParent: null);
        return saga;
    }
}
