using Npgsql;
using SagaOrchestrator.Contracts.Tests.Rules;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>A participant without the kit has the same rules from <c>infra/postgres/fence.sql</c>.</summary>
[Property("Rule", "S8")]
public sealed class When_the_fence_is_plain_sql
{
    private const string Command =
        """{"sagaId":"6a0e3b9c-8a0a-4c11-9d38-0f3a2b9f7a55","step":"book","commandId":"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55","attempt":1}""";

    private EmptyDatabase database = null!;
    private NpgsqlDataSource own = null!;

    [OneTimeSetUp]
    public async Task Apply()
    {
        database = await EmptyDatabase.Create();
        own = NpgsqlDataSource.Create(database.ConnectionString + ";Search Path=hotels");
        await Execute("create schema hotels");
        var script = await File.ReadAllTextAsync(Path.Combine(TestServers.Root, "infra/postgres/fence.sql"));
        await Execute(script);
        // Any number of times.
        await Execute(script);
    }

    [OneTimeTearDown]
    public async Task Drop()
    {
        await own.DisposeAsync();
        await database.DisposeAsync();
    }

    [Test]
    public async Task Should_have_the_rules_of_the_kit() =>
        (await new RuleTable(new SqlFence(own)).Write()).ShouldBe(
            await File.ReadAllTextAsync(Path.Combine(TestServers.Root, "src/Orchestrator/Contracts/Rules/participant-rules.md"))
        );

    [Test]
    [Property("Rule", "S24")]
    public async Task Should_let_one_of_two_at_once_execute()
    {
        await using var first = await own.OpenConnectionAsync();
        await using var transaction = await first.BeginTransactionAsync();
        (await Scalar(first, $"select fence_do('{Command}')")).ShouldBe(DBNull.Value);
        await using var second = await own.OpenConnectionAsync();
        var waiting = Scalar(second, $"select fence_do('{Command}')");
        await Eventually.True(
            async () =>
                await database.Query<long>(
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
                ) == 1,
            "the second waits for the first"
        );
        await Scalar(first, $$"""select fence_did('{{Command}}', 'completed', '{"room":"12"}')""");
        await transaction.CommitAsync();
        ((string)(await waiting)!).ShouldContain("""SagaStepCompleted""");
    }

    [Test]
    public async Task Should_name_an_outcome_that_is_none()
    {
        var refused = await Should.ThrowAsync<PostgresException>(Execute($"select fence_did('{Command}', 'done')"));
        refused.MessageText.ShouldBe("The outcome 'done' is none. Say completed, rejected, faulted, deferred or no_answer.");
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private async Task Execute(string sql)
    {
        await using var command = own.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
