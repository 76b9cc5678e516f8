using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Groups;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>The commit reaches the server, and the connection dies before its answer comes back.</summary>
public sealed class When_the_outcome_of_a_commit_is_unknown
{
    [Test]
    [Property("Rule", "S24")]
    [Property("Rule", "S28")]
    public async Task Should_be_found_a_duplicate_when_it_is_tried_again_and_keep_its_messages_to_be_sent()
    {
        await using var database = await EmptyDatabase.Create();
        var direct = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var line = CutLine.To(direct.Port);
        await using var throughLine = ServiceDatabase.Open(
            new NpgsqlConnectionStringBuilder(database.ConnectionString)
            {
                Host = "127.0.0.1",
                Port = line.Port,
                Options = "-c lock_timeout=0",
            }.ConnectionString
        );
        await using var committer = GroupCommitter.Start(throughLine, "orchestrator", new SagaGroupRows(OrchestratorNames.Default));
        await using var held = await HeldGroup.Begin(database, committer, Guid.NewGuid());
        line.SwallowAnswers();
        await held.LetGo();
        await Eventually.True(
            () => database.Query<bool>("select exists (select from orchestrator.plan_version where type = 'held' and fingerprint = 'x')"),
            "the group is committed"
        );
        line.Cut();
        Transient.Is(await Should.ThrowAsync<Exception>(() => held.First)).ShouldBeTrue();

        line.Mend();
        var messageId = await database.Query<Guid>("select message_id from orchestrator.inbox");
        (await committer.Commit(Committers.Unit(messageId, Guid.NewGuid()), default)).ShouldBe(CommitResult.Duplicate);
        (await database.Query<long>("select sum(message_count) from orchestrator.outbox_group")).ShouldBe(
            1,
            "the message of the first attempt is there for the sweeper"
        );
    }
}
