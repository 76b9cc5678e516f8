using Npgsql;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

public sealed class When_a_node_dies_while_a_group_waits
{
    private const int Orders = 60;

    [Test]
    [Property("Rule", "S25")]
    [Property("Rule", "S27")]
    public async Task Should_lose_and_repeat_nothing_when_the_group_will_have_a_conflict()
    {
        await using var system = await KilledSystem.Start();
        await using var database = system.Database();
        await using var connection = await database.OpenConnectionAsync();
        await system.Push(10);
        await system.Ended(10);

        // Somebody else changes a saga, and has not committed yet when the orchestrator wants to: its group waits, with its neighbours in
        // it.
        var pushing = system.Push(Orders);
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await Eventually.Get(
                async () =>
                {
                    await using var change = new NpgsqlCommand(
                        "update orchestrator.saga set version = version + 1 where id in (select id from orchestrator.saga where state = "
                            + "'Pending' limit 5 for update skip locked)",
                        connection,
                        transaction
                    );
                    return await change.ExecuteNonQueryAsync();
                },
                changed => changed > 0,
                "sagas are under way"
            );
            await Eventually.True(
                () =>
                    system.Query<bool>(
                        "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"
                    ),
                "a group waits for them"
            );
            system.KillOrchestrator();
            await transaction.CommitAsync();
        }

        system.StartOrchestrator();
        await pushing;
        await AllIsWell(system, Orders + 10);
    }

    private static async Task AllIsWell(KilledSystem system, int orders)
    {
        system.Pusher.Complaints.ShouldBeEmpty();
        await system.Ended(orders);
        (await system.Check()).ShouldAllBe(check => check.Holds);
        (await system.Query<long>("select count(*) from orchestrator.saga")).ShouldBe(orders);
    }
}
