using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

/// <summary>The broker refuses a message that names another user than the connection's, so the name can be relied upon.</summary>
public sealed class When_a_reply_comes_from_another
{
    [Test]
    [Property("Rule", "S37")]
    public async Task Should_record_and_ignore_it()
    {
        var system = await SharedSystem.Get();
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        await Publish(system.Sandbox, "notifications", id, "reserve_inventory");
        await Eventually.True(
            async () =>
                (await system.Api.History(id)).Any(entry =>
                    entry.GetProperty("type").GetString() == "reply_ignored"
                    && entry.GetProperty("reason").GetString()!.Contains("came from 'notifications'")
                ),
            "the foreign reply is in the history"
        );
        (await system.Api.GetSaga(id)).GetProperty("state").GetString().ShouldBe("Pending");
        await system.Api.Operate(id, "cancel", new { by = "test", reason = "The test is over." });
        await system.Api.WaitFor(id, "Failed");
    }

    [Test]
    [Property("Rule", "S37")]
    public async Task Should_not_take_a_reply_without_a_name_when_one_is_required()
    {
        await using var system = await RunningSystem.Start(settings => settings["Origin:Required"] = "true");
        var id = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        await system.Sandbox.Publish("orchestrator", Reply(id, "reserve_inventory"));
        await Eventually.True(
            async () =>
                (await system.Api.History(id)).Any(entry =>
                    entry.GetProperty("type").GetString() == "reply_ignored"
                    && entry.GetProperty("reason").GetString()!.Contains("no user id")
                ),
            "the nameless reply is in the history"
        );
    }

    [Test]
    [Property("Rule", "S12")]
    public async Task Should_dead_letter_an_orphan_that_names_its_sender_with_its_reason()
    {
        var system = await SharedSystem.Get();
        var nobody = Guid.NewGuid();
        await Publish(system.Sandbox, "notifications", nobody, "reserve_inventory");
        await Eventually.True(
            async () =>
                (await system.Sandbox.Peek("orchestrator.dead-letter")).Any(message =>
                    message.Payload.Contains(nobody.ToString()) && message.Headers.GetValueOrDefault("dead-letter-reason") == "orphan"
                ),
            "the orphan is dead-lettered with its reason"
        );
    }

    private static async Task Publish(Sandbox sandbox, string user, Guid sagaId, string step)
    {
        var factory = new ConnectionFactory
        {
            HostName = "127.0.0.1",
            Port = TestServers.RabbitMqPort,
            VirtualHost = sandbox.Name,
            UserName = user,
            Password = user + "-dev",
        };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var properties = new BasicProperties { UserId = user, ContentType = "application/vnd.masstransit+json" };
        await channel.BasicPublishAsync(
            "orchestrator",
            string.Empty,
            mandatory: false,
            properties,
            Encoding.UTF8.GetBytes(Reply(sagaId, step))
        );
    }

    private static string Reply(Guid sagaId, string step) =>
        Envelope.Of(
            "SagaOrchestrator.Messages:SagaStepCompleted",
            new JsonObject
            {
                ["sagaId"] = sagaId.ToString(),
                ["step"] = step,
                ["attempt"] = 1,
                ["commandId"] = SagaIds.OfCommand(sagaId, step, Direction.Do).ToString(),
            }
        );
}
