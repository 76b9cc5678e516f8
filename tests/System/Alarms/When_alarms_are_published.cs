using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Alarms;

public sealed class When_alarms_are_published
{
    private const string Queue = "listener.alarms";

    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await RunningSystem.Start();
        await system.Sandbox.Subscribe("SagaOrchestrator.Messages:AlarmEvent", Queue);
    }

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_say_each_change_once_and_in_order()
    {
        await system.Sandbox.Publish("unrouted", "{}");
        await Wait("condition", "unrouted", "AlarmRaised");
        await system.Sandbox.Execute("update orchestrator.alarm set raised_at = now() - interval '16 minutes' where subject = 'unrouted'");
        await Wait("condition", "unrouted", "AlarmEscalated");
        (await system.Sandbox.Console.DeleteAsync($"/api/queues/{system.Sandbox.Name}/unrouted/contents")).EnsureSuccessStatusCode();
        var told = await Wait("condition", "unrouted", "AlarmCleared");

        told.Select(alarm => alarm.Type).ShouldBe(["AlarmRaised", "AlarmEscalated", "AlarmCleared"], "each once");
        told[0].Message.GetProperty("detail").GetString()!.ShouldContain("1 messages found no queue");
        told[0].Message.GetProperty("raisedAt").GetDateTimeOffset().ShouldBe(told[0].Message.GetProperty("at").GetDateTimeOffset());
        told.Select(alarm => alarm.Message.GetProperty("position").GetInt64()).ShouldBeInOrder();
    }

    [Test]
    public async Task Should_say_that_a_message_stays_in_the_outbox()
    {
        await system.Sandbox.Execute(
            "insert into orchestrator.outbox (message_id, destination, content_type, headers, body, created_at, next_attempt_at) values "
                + "(gen_random_uuid(), 'nowhere', 'application/json', '{}', '{}', now() - interval '1 minute', now() + interval '1 hour')"
        );
        await Wait("condition", "outbox", "AlarmRaised");
        await system.Sandbox.Execute("delete from orchestrator.outbox where destination = 'nowhere'");
        await Wait("condition", "outbox", "AlarmCleared");
    }

    [Test]
    public async Task Should_say_that_lists_are_late()
    {
        await using (var database = system.Sandbox.Database())
        await using (var connection = await database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            // Whoever holds the row keeps the projection from running.
            await using var command = connection.CreateCommand();
            command.CommandText = "select from orchestrator.projection where name = 'summaries' for update";
            await command.ExecuteNonQueryAsync();
            await system.Sandbox.Execute(
                "insert into orchestrator.saga_changed (ids, at) values (array[gen_random_uuid()], now() - interval '2 minutes')"
            );
            await Wait("summaries-late", "summaries", "AlarmRaised");
        }

        await Wait("summaries-late", "summaries", "AlarmCleared");
    }

    [Test]
    public async Task Should_say_that_a_backlog_has_no_consumer()
    {
        await system.StopParticipant("inventory");
        await system.Api.StartSaga(Order.Of());
        var told = await Wait("breaker", "inventory", "AlarmRaised");
        told[0].Message.GetProperty("detail").GetString()!.ShouldContain("Nothing is expected of 'inventory'");
        await system.StartParticipant("inventory");
        await Wait("breaker", "inventory", "AlarmCleared");
    }

    // Reads without taking, so that each test finds what is its own.
    private Task<IReadOnlyList<Told>> Wait(string kind, string subject, string last) =>
        Eventually.Get(
            async () =>
                (IReadOnlyList<Told>)
                    [.. (await system.Sandbox.Peek(Queue)).Select(Told.Of).Where(told => told.Kind == kind && told.Subject == subject)],
            alarms => alarms.Any(alarm => alarm.Type == last),
            $"{last} is published for {kind} {subject}"
        );
}

internal sealed record Told(string Type, JsonElement Message)
{
    public string? Kind => Message.GetProperty("kind").GetString();

    public string? Subject => Message.GetProperty("subject").GetString();

    public static Told Of(BrokerMessage message) =>
        new(JsonDocument.Parse(message.Payload).RootElement.GetProperty("messageType")[0].GetString()!.Split(':')[^1], message.Message);
}
