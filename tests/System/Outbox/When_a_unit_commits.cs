using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

[TestFixture(Kind.Postgres)]
[TestFixture(Kind.Memory)]
public sealed class When_a_unit_commits(Kind kind)
{
    private Committers committers = null!;

    [OneTimeSetUp]
    public async Task Create() => committers = await Committers.Of(kind);

    [OneTimeTearDown]
    public async Task Drop() => await committers.DisposeAsync();

    [Test]
    [Property("Rule", "S25")]
    public async Task Should_remember_its_message_and_keep_what_it_sends()
    {
        var messageId = Guid.NewGuid();
        var before = await committers.Store.Backlog(default);
        (await committers.Committer.Commit(Committers.Unit(messageId, Guid.NewGuid(), Guid.NewGuid()), default)).ShouldBe(
            CommitResult.Committed
        );
        (await committers.Committer.IsHandled(messageId, default)).ShouldBeTrue();
        (await committers.Store.Backlog(default)).Count.ShouldBe(before.Count + 2);
    }

    [Test]
    [Property("Rule", "S24")]
    public async Task Should_change_nothing_for_a_duplicate()
    {
        var messageId = Guid.NewGuid();
        var written = 0L;
        var afterCommit = 0;
        UnitOfWork Next()
        {
            var unit = Committers.Unit(messageId, Guid.NewGuid());
            unit.Add(
                new TestWork(scope =>
                {
                    if (scope is PostgresScope postgres)
                    {
                        postgres.Write(
                            "insert into orchestrator.plan_version (type, version, fingerprint) values ($1, 1 + (select count(*) from "
                                + "orchestrator.plan_version), '')",
                            messageId.ToString()
                        );
                    }
                    else
                    {
                        written++;
                    }

                    return Task.CompletedTask;
                })
            );
            unit.AfterCommit(() => afterCommit++);
            return unit;
        }

        await committers.Committer.Commit(Next(), default);
        var backlog = await committers.Store.Backlog(default);
        (await committers.Committer.Commit(Next(), default)).ShouldBe(CommitResult.Duplicate);
        written += committers.Database is { } database
            ? await database.Query<long>($"select count(*) from orchestrator.plan_version where type = '{messageId}'")
            : 0;
        (written, afterCommit).ShouldBe((1, 1));
        (await committers.Store.Backlog(default)).Count.ShouldBe(backlog.Count);
    }

    [Test]
    public async Task Should_commit_one_of_many_that_come_at_once()
    {
        var messageId = Guid.NewGuid();
        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => committers.Committer.Commit(Committers.Unit(messageId), default))
        );
        results.Count(result => result == CommitResult.Committed).ShouldBe(1);
    }

    [Test]
    [Property("Rule", "S25")]
    public async Task Should_leave_nothing_behind_when_its_work_fails()
    {
        var messageId = Guid.NewGuid();
        var before = await committers.Store.Backlog(default);
        var unit = Committers.Unit(messageId, Guid.NewGuid());
        unit.Add(new TestWork(_ => throw new ConcurrencyConflictException("somebody was faster")));
        await Should.ThrowAsync<ConcurrencyConflictException>(() => committers.Committer.Commit(unit, default));
        (await committers.Committer.IsHandled(messageId, default)).ShouldBeFalse();
        (await committers.Store.Backlog(default)).Count.ShouldBe(before.Count);
    }
}
