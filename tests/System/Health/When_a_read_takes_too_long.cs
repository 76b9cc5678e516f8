using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.GraphQl;

namespace SagaOrchestrator.Tests.Health;

public sealed class When_a_read_takes_too_long
{
    [TestCase("/api/v1/sagas")]
    [TestCase("/api/v1/sagas/summary")]
    [TestCase("/api/v1/statistics")]
    [TestCase("/api/v1/sagas/6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [TestCase("/api/v1/sagas/6f9619ff-8b86-d011-b42d-00c04fc964ff/history")]
    [TestCase("{ sagas { nodes { id } } }")]
    [TestCase("{ saga(id: \"6f9619ff-8b86-d011-b42d-00c04fc964ff\") { state } }")]
    public async Task Should_answer_that_it_is_unavailable_while_the_database_does_not(string path)
    {
        var system = await WatchedSystem.Get();
        await using var database = system.Sandbox.Database();
        await using var connection = await database.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var lockAll = connection.CreateCommand();
            lockAll.CommandText = """
                lock table orchestrator.saga, orchestrator.saga_turn, orchestrator.saga_summary, orchestrator.saga_count,
                    orchestrator.saga_statistic
                in access exclusive mode
                """;
            await lockAll.ExecuteNonQueryAsync();

            // The lock is held until the answer is there.
            using var answer = await (path[0] == '{' ? system.Api.PostQuery(path) : system.Api.GetAsync(path));
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString().ShouldBe("/problems/unavailable");
            await transaction.RollbackAsync();
        }

        (await system.Api.GetAsync("/api/v1/sagas")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
