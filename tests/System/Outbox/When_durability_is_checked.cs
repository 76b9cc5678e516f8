using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>Speed is not bought with durability: the servers that tests and benchmark run on are started by the same script.</summary>
public sealed class When_durability_is_checked
{
    [TestCase("fsync", "on")]
    [TestCase("synchronous_commit", "on")]
    [TestCase("full_page_writes", "on")]
    public async Task Should_find_Postgres_writing_through(string setting, string value)
    {
        await using var command = TestServers.Database.CreateCommand($"show {setting}");
        (await command.ExecuteScalarAsync()).ShouldBe(value);
    }

    [Test]
    public async Task Should_find_the_same_on_the_connections_that_commit_groups()
    {
        await using var database = await EmptyDatabase.Create();
        await using var command = database.Service.Groups.CreateCommand(
            "select current_setting('synchronous_commit') || current_setting('fsync')"
        );
        (await command.ExecuteScalarAsync()).ShouldBe("onon");
    }

    [Test]
    public void Should_find_every_queue_a_quorum_queue()
    {
        var definitions = JsonNode.Parse(File.ReadAllText(Path.Combine(TestServers.Root, "infra/rabbitmq/definitions.json")))!;
        definitions["queues"]!
            .AsArray()
            .Select(queue => queue!["arguments"]!["x-queue-type"]!.GetValue<string>())
            .ShouldAllBe(type => type == "quorum");
    }

    [Test]
    public async Task Should_find_the_publisher_in_confirm_mode()
    {
        var system = await SharedSystem.Get();
        await system.Api.StartSaga(Order.Of());
        await Eventually.True(
            async () =>
            {
                var channels = JsonDocument
                    .Parse(await system.Sandbox.Console.GetStringAsync($"/api/vhosts/{system.Sandbox.Name}/channels"))
                    .RootElement;
                // The console learns about a channel bit by bit.
                return channels
                    .EnumerateArray()
                    .Any(channel =>
                        channel.TryGetProperty("user", out var user)
                        && user.GetString() == "orchestrator"
                        && channel.TryGetProperty("consumer_count", out var consumers)
                        && consumers.GetInt32() == 0
                        && channel.TryGetProperty("confirm", out var confirm)
                        && confirm.GetBoolean()
                    );
            },
            "the orchestrator's publisher has its channel in confirm mode"
        );
    }
}
