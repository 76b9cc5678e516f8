using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>An operator drops it, and says why.</summary>
public sealed class When_a_dead_letter_is_discarded
{
    [Test]
    public async Task Should_be_out_of_its_queue_and_still_be_told()
    {
        await using var system = await RunningSystem.Start();
        var ids = await system.Spoil("inventory", "{ 1", "{ 2", "{ 3");

        var (status, body) = await system.Api.ActOn(ids[1], "discard");

        status.ShouldBe(200, body.ToString());
        (await system.Sandbox.Peek("inventory.dead-letter")).Select(letter => letter.Payload).ShouldBe(["{ 1", "{ 3"]);
        (await system.Api.Letters()).Select(letter => letter.Id()).ShouldBe([ids[2], ids[0]]);
        var action = (await system.Api.Letter(ids[1])).GetProperty("asked").EnumerateArray().Last();
        action.Text("verb").ShouldBe("discard");
        action.Text("by").ShouldBe("ann");
        action.Text("reason").ShouldBe("It is mended.");
        action.Text("outcome").ShouldBe("done");
        (await system.Api.Letters("state=discarded")).Single().Id().ShouldBe(ids[1]);
        (await system.Api.ActOn(ids[1], "redrive")).Status.ShouldBe(409);
        (await system.Api.ActOn(Guid.NewGuid(), "discard")).Status.ShouldBe(404);
    }

    [Test]
    public async Task Should_leave_what_was_asked_to_nobody_to_rewrite()
    {
        await using var system = await RunningSystem.Start();
        var id = (await system.Spoil("inventory", "{ 1"))[0];
        await system.Api.ActOn(id, "discard");
        await using var own = Npgsql.NpgsqlDataSource.Create(system.Sandbox.Connection("orchestrator"));
        foreach (
            var sql in new[] { "delete from orchestrator.dead_letter_action", "update orchestrator.dead_letter_action set who = 'nobody'" }
        )
        {
            await using var command = own.CreateCommand(sql);
            (await Should.ThrowAsync<Npgsql.PostgresException>(command.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
        }
    }
}
