using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;
using SagaOrchestrator.Engine.InMemory;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Server.Sagas.OrderFulfillment;
using SagaOrchestrator.Tests.Outbox;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Stores;

/// <summary>What every store of sagas must do, Postgres and memory alike.</summary>
[TestFixture(Kind.Postgres)]
[TestFixture(Kind.Memory)]
public sealed class When_sagas_are_stored(Kind kind)
{
    private readonly OrderFulfillmentPlan plan = new(new OrderFulfillmentOptions { StepTimeout = TimeSpan.FromMilliseconds(1) });
    private Committers committers = null!;
    private ISagaStore store = null!;
    private ISagaQueries queries = null!;
    private IDueTimers timers = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        committers = await Committers.Of(kind);
        if (kind == Kind.Memory)
        {
            var plans = new PlanCatalogue([plan]);
            var summaries = new MemorySummaries(
                plans,
                new Summarizer(plans, new SummaryColumns(plans, NullLogger<SummaryColumns>.Instance)),
                new MemoryDeadLetters(TimeProvider.System)
            );
            var memory = new MemorySagas(TimeProvider.System, summaries, new MemoryOperatorLog(TimeProvider.System));
            (store, queries, timers) = (memory, memory, memory);
        }
        else
        {
            var source = committers.Database!.Source;
            (store, queries, timers) = (
                new PostgresSagaStore(committers.Database.Service, OrchestratorNames.Default, new DatabaseClock()),
                new PostgresSagaQueries(source, OrchestratorNames.Default),
                new PostgresDueTimers(source, OrchestratorNames.Default, new PlanCatalogue([plan]))
            );
        }
    }

    [OneTimeTearDown]
    public async Task Drop() => await committers.DisposeAsync();

    [Test]
    public async Task Should_read_back_what_was_written()
    {
        var saga = await Started();
        saga.Results = new Dictionary<string, JsonElement> { ["reserve_inventory"] = JsonSerializer.SerializeToElement(new { units = 3 }) };
        Step(saga, new Begin());
        await Write(saga);

        var read = (await store.Load(saga.CorrelationId, default)).Saga!;
        read.Progress.Steps.ShouldBe(saga.Progress.Steps);
        read.Results["reserve_inventory"].GetProperty("units").GetInt32().ShouldBe(3);
        (read.CurrentState, read.BusinessKey, read.Type, read.PlanVersion, read.Version, read.HistoryVersion).ShouldBe(
            ("Pending", saga.BusinessKey, OrderFulfillmentPlan.Name, 1, 2L, 2)
        );
        read.DataHash.ShouldBe(saga.DataHash);
    }

    [Test]
    public async Task Should_tell_the_time_when_there_is_no_saga()
    {
        var loaded = await store.Load(Guid.NewGuid(), default);
        loaded.Saga.ShouldBeNull();
        loaded.Now.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }

    [Test]
    [Property("Rule", "S27")]
    public async Task Should_refuse_a_stale_write()
    {
        var saga = await Started();
        var first = (await store.Load(saga.CorrelationId, default)).Saga!;
        var second = (await store.Load(saga.CorrelationId, default)).Saga!;
        Step(first, new Begin());
        Step(second, new Begin());
        first.ShouldNotBeSameAs(second);
        await Write(first);
        await Should.ThrowAsync<ConcurrencyConflictException>(() => Write(second));
        (await queries.History(saga.CorrelationId, 0, 100, default)).Count.ShouldBe(2);

        // Read again it is taken, and the stale one is not, however often it comes.
        var fresh = (await store.Load(saga.CorrelationId, default)).Saga!;
        fresh.Results = new Dictionary<string, JsonElement>
        {
            ["reserve_inventory"] = JsonSerializer.SerializeToElement(new { units = 4 }),
        };
        await Write(fresh);
        await Should.ThrowAsync<ConcurrencyConflictException>(() => Write(second));
        (await store.Load(saga.CorrelationId, default)).Saga!.Results["reserve_inventory"].GetProperty("units").GetInt32().ShouldBe(4);
    }

    [Test]
    [Property("Rule", "S25")]
    [Property("Rule", "S27")]
    public async Task Should_keep_nothing_of_a_unit_whose_saga_is_stale()
    {
        var saga = await Started();
        var first = (await store.Load(saga.CorrelationId, default)).Saga!;
        var second = (await store.Load(saga.CorrelationId, default)).Saga!;
        Step(first, new Begin());
        Step(second, new Begin());
        second.Progress = second.Progress with { State = SagaState.Failed };
        await Write(first);
        var (message, backlog) = (Guid.NewGuid(), (await committers.Store.Backlog(default)).Count);
        using var unit = Committers.Unit(message, Guid.NewGuid());
        unit.Add(new SagaWrite(store, second));

        await Should.ThrowAsync<ConcurrencyConflictException>(() => committers.Committer.Commit(unit, default));

        (await committers.Committer.IsHandled(message, default)).ShouldBeFalse();
        (await committers.Store.Backlog(default)).Count.ShouldBe(backlog);
        var stored = (await store.Load(saga.CorrelationId, default)).Saga!;
        (stored.Progress.State, stored.Progress.NextTimer).ShouldBe((first.Progress.State, first.Progress.NextTimer));
    }

    [Test]
    [Property("Rule", "S27")]
    public async Task Should_refuse_to_insert_a_saga_twice()
    {
        var saga = New();
        await Write(saga);
        var again = New(saga.BusinessKey);
        await Should.ThrowAsync<ConcurrencyConflictException>(() => Write(again));
    }

    [Test]
    [Property("Rule", "S26")]
    [Property("Rule", "S35")]
    public async Task Should_find_a_due_timer_once_and_again_only_later()
    {
        var saga = await Started();
        Step(saga, new Begin());
        await Write(saga);
        var due = await Eventually.Get(
            async () => (await timers.Claim(1000, TimeSpan.Zero, default)).Where(timer => timer.SagaId == saga.CorrelationId).ToList(),
            found => found.Count > 0,
            "the timer is due"
        );
        due.Single().Timer.ShouldBe("reserve_inventory/do/1/reply");
        (await timers.Claim(1000, TimeSpan.Zero, default)).ShouldNotContain(timer => timer.SagaId == saga.CorrelationId);
    }

    private SagaInstance New(string? key = null)
    {
        var request = plan.Read(System.Text.Encoding.UTF8.GetBytes(Order.Of(key).ToJsonString()));
        var saga = new SagaInstance { CorrelationId = Decisions.Ids.SagaIds.OfSaga(plan.Type, request.BusinessKey) };
        saga.Accept(request, DateTimeOffset.UtcNow, traceParent: null);
        return saga;
    }

    private async Task<SagaInstance> Started()
    {
        var saga = New();
        await Write(saga);
        return (await store.Load(saga.CorrelationId, default)).Saga!;
    }

    private void Step(SagaInstance saga, SagaInput input)
    {
        var decided = SagaDecider.Decide(plan.Definition, saga.Progress, input, new DecisionContext(saga.Now, Jitter: 0, (_, _) => true));
        saga.Progress = decided.Progress;
        saga.CurrentState = decided.Progress.State.ToString();
        saga.NewHistory.AddRange(decided.Decisions.OfType<Record>().Select(record => record.Entry));
    }

    private async Task Write(SagaInstance saga)
    {
        var unit = new UnitOfWork(inbox: null);
        unit.Add(new SagaWrite(store, saga));
        await committers.Committer.Commit(unit, default);
    }
}
