using System.Net;
using Npgsql;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>Somebody has written a saga's row and neither commits nor goes away: a client that is gone, or a person at a prompt.</summary>
[Property("Rule", "S27")]
public sealed class When_a_row_is_held_by_somebody_else
{
    private const string Begin = """
        insert into orchestrator.saga
            (id, type, plan_version, business_key, state, data, data_hash, progress, results, started_at, updated_at, version,
                history_version)
        values ($1, 'order-fulfillment', 1, $2, 'Started', '{}', '', '{}', '{}', now(), now(), 1, 0)
        """;

    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Get() => system = await SharedSystem.Get();

    [Test]
    public async Task Should_keep_its_own_saga_waiting_and_no_other()
    {
        var order = Order.Of();
        var key = order["orderId"]!.GetValue<string>();
        await using var database = system.Sandbox.Database();
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var insert = new NpgsqlCommand(Begin, connection, transaction))
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = SagaIds.OfSaga("order-fulfillment", key) });
            insert.Parameters.Add(new NpgsqlParameter { Value = key });
            await insert.ExecuteNonQueryAsync();
        }

        // The first one is held with its group; from then on the row is known.
        (await system.Api.Post(order)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var held = Enumerable.Range(0, 5).Select(_ => system.Api.Post(order)).ToList();
        // The row is held all the while: had they waited for it, none would be accepted.
        var others = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => system.Api.Post(Order.Of())));
        others.Select(answer => answer.StatusCode).ShouldAllBe(status => status == HttpStatusCode.Accepted);
        (await Task.WhenAll(held)).Select(answer => answer.StatusCode).ShouldAllBe(status => status == HttpStatusCode.ServiceUnavailable);

        await transaction.RollbackAsync();
        await Eventually.True(async () => (await system.Api.Post(order)).IsSuccessStatusCode, "the saga starts when the row is free");
    }
}
