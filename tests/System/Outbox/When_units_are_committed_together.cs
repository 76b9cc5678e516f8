using System.Diagnostics.Metrics;
using Npgsql;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

public sealed class When_units_are_committed_together
{
    private Committers committers = null!;

    private EmptyDatabase Database => committers.Database!;

    [SetUp]
    public async Task Create() => committers = await Committers.Of(Kind.Postgres);

    [TearDown]
    public async Task Drop() => await committers.DisposeAsync();

    [Test]
    public async Task Should_write_what_waits_with_one_commit()
    {
        using var groups = new RecordedGroups();
        await using var held = await HeldGroup.Begin(Database, committers.Committer);
        var waiting = Commit(Enumerable.Range(0, 40).Select(_ => Committers.Unit(Guid.NewGuid(), Guid.NewGuid())));
        await held.LetGo();
        (await Task.WhenAll(waiting)).ShouldAllBe(result => result == CommitResult.Committed);
        groups.Sizes.ShouldContain(40);
        (await committers.Store.Backlog(default)).Count.ShouldBe(40);
    }

    [Test]
    [Property("Rule", "S25")]
    public async Task Should_fail_alone_when_a_statement_of_one_fails()
    {
        await using var held = await HeldGroup.Begin(Database, committers.Committer);
        var (good, bad) = (Guid.NewGuid(), Guid.NewGuid());
        var failing = Committers.Unit(bad, Guid.NewGuid());
        failing.Add(HeldGroup.Writes("insert into orchestrator.plan_version (type, version, fingerprint) values ('held', 1, 'again')"));
        var waiting = Commit([Committers.Unit(good, Guid.NewGuid()), failing, Committers.Unit(Guid.NewGuid(), Guid.NewGuid())]);
        await held.LetGo();
        (await Should.ThrowAsync<PostgresException>(() => waiting[1])).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        (await waiting[0], await waiting[2]).ShouldBe((CommitResult.Committed, CommitResult.Committed));
        (await committers.Committer.IsHandled(good, default)).ShouldBeTrue();
        (await committers.Committer.IsHandled(bad, default)).ShouldBeFalse();
        (await committers.Store.Backlog(default)).Count.ShouldBe(2);
    }

    [Test]
    [Property("Rule", "S24")]
    public async Task Should_leave_out_a_duplicate_and_what_it_wanted_to_write()
    {
        var messageId = Guid.NewGuid();
        await committers.Committer.Commit(Committers.Unit(messageId), default);
        await using var held = await HeldGroup.Begin(Database, committers.Committer);
        var again = Committers.Unit(messageId, Guid.NewGuid());
        again.Add(HeldGroup.Writes("insert into orchestrator.plan_version (type, version, fingerprint) values ('duplicate', 1, '')"));
        var waiting = Commit([again, Committers.Unit(Guid.NewGuid(), Guid.NewGuid())]);
        await held.LetGo();
        (await Task.WhenAll(waiting)).ShouldBe([CommitResult.Duplicate, CommitResult.Committed]);
        (await Database.Query<long>("select count(*) from orchestrator.plan_version where type = 'duplicate'")).ShouldBe(0);
    }

    [Test]
    public async Task Should_insert_rows_of_the_same_table_for_those_that_commit()
    {
        var messageId = Guid.NewGuid();
        await committers.Committer.Commit(Committers.Unit(messageId), default);
        await using var held = await HeldGroup.Begin(Database, committers.Committer);
        var waiting = Commit(
            Enumerable
                .Range(0, 5)
                .Select(number =>
                {
                    var unit = Committers.Unit(number == 3 ? messageId : Guid.NewGuid());
                    unit.Add(
                        new TestWork(scope =>
                        {
                            ((PostgresScope)scope).Insert(
                                "orchestrator.plan_version",
                                ("type", $"plan {number}"),
                                ("version", 1),
                                ("fingerprint", "f")
                            );
                            return Task.CompletedTask;
                        })
                    );
                    return unit;
                })
        );
        await held.LetGo();
        await Task.WhenAll(waiting);
        (
            await Database.Query<string[]>("select array_agg(type order by type) from orchestrator.plan_version where type like 'plan %'")
        ).ShouldBe(["plan 0", "plan 1", "plan 2", "plan 4"]);
    }

    [Test]
    public async Task Should_give_one_that_reads_first_a_transaction_of_its_own()
    {
        await using var held = await HeldGroup.Begin(Database, committers.Committer);
        var reading = Committers.Unit(Guid.NewGuid(), Guid.NewGuid());
        reading.Add(
            new TestWork(async scope =>
            {
                await using var command = ((PostgresScope)scope).Command("select count(*) from orchestrator.plan_version");
                ((long)(await command.ExecuteScalarAsync())!).ShouldBe(1);
            })
        );
        (await committers.Committer.Commit(reading, default)).ShouldBe(
            CommitResult.Committed,
            "it does not wait for the group that is held"
        );
        reading.Messages.Count.ShouldBe(1, "what it sends is sent once");
        held.First.IsCompleted.ShouldBeFalse();
        await held.LetGo();
    }

    [Test]
    public async Task Should_let_a_caller_give_up_while_its_unit_waits()
    {
        await using var held = await HeldGroup.Begin(Database, committers.Committer);
        using var patience = new CancellationTokenSource();
        var messageId = Guid.NewGuid();
        var waiting = committers.Committer.Commit(Committers.Unit(messageId), patience.Token);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        await held.LetGo();
        await held.First;
        await committers.Committer.Commit(Committers.Unit(Guid.NewGuid()), default);
        (await committers.Committer.IsHandled(messageId, default)).ShouldBeFalse();
    }

    [Test]
    public async Task Should_make_callers_wait_when_the_database_is_slow_and_lose_none()
    {
        await using var held = await HeldGroup.Begin(Database, committers.Committer);
        var waiting = Commit(Enumerable.Range(0, 6000).Select(_ => Committers.Unit(Guid.NewGuid())));
        waiting.ShouldAllBe(task => !task.IsCompleted);
        await held.LetGo();
        (await Task.WhenAll(waiting)).ShouldAllBe(result => result == CommitResult.Committed);
        (await Database.Query<long>("select count(*) from orchestrator.inbox")).ShouldBe(6001);
    }

    [Test]
    public async Task Should_write_what_waits_before_it_ends()
    {
        await using var held = await HeldGroup.Begin(Database, committers.Committer);
        var waiting = Commit(Enumerable.Range(0, 10).Select(_ => Committers.Unit(Guid.NewGuid())));
        var ending = ((IAsyncDisposable)committers.Committer).DisposeAsync().AsTask();
        ending.IsCompleted.ShouldBeFalse();
        await held.LetGo();
        await ending;
        (await Task.WhenAll(waiting)).ShouldAllBe(result => result == CommitResult.Committed);
    }

    [Test]
    [Property("Rule", "S27")]
    public async Task Should_tell_every_caller_when_the_connection_is_lost_and_go_on()
    {
        await using var held = await HeldGroup.Begin(Database, committers.Committer);
        var messageId = Guid.NewGuid();
        var waiting = committers.Committer.Commit(Committers.Unit(messageId), default);
        await Database.Query<bool>(
            "select bool_or(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and wait_event_type = "
                + "'Lock'"
        );
        Transient.Is(await Should.ThrowAsync<Exception>(() => held.First)).ShouldBeTrue();
        (await waiting).ShouldBe(CommitResult.Committed, "it came with the next group, on a new connection");
    }

    private List<Task<CommitResult>> Commit(IEnumerable<UnitOfWork> units) =>
        [.. units.Select(unit => committers.Committer.Commit(unit, default))];

    private sealed class RecordedGroups : IDisposable
    {
        private readonly MeterListener listener = new();

        public RecordedGroups()
        {
            listener.InstrumentPublished = (instrument, mine) =>
            {
                if (instrument.Name == "outbox.commit.units")
                {
                    mine.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<int>(
                (_, size, _, _) =>
                {
                    lock (Sizes)
                    {
                        Sizes.Add(size);
                    }
                }
            );
            listener.Start();
        }

        public List<int> Sizes { get; } = [];

        public void Dispose() => listener.Dispose();
    }
}
