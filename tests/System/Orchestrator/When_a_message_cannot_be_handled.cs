using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_a_message_cannot_be_handled
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await RunningSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [TearDown]
    public async Task Empty()
    {
        await system.Sandbox.Peek("orchestrator.dead-letter", take: true);
        await system.Sandbox.Peek("inventory.dead-letter", take: true);
    }

    [TestCase("orchestrator", "{ this is not JSON")]
    [TestCase("orchestrator", "")]
    [TestCase("orchestrator", "[1, 2, 3]")]
    [TestCase("inventory", "{\"messageType\": 7}")]
    public async Task Should_dead_letter_broken_JSON_as_it_came(string queue, string payload)
    {
        await system.Sandbox.Publish(queue, payload);
        var letter = (await system.Sandbox.WaitFor(queue + ".dead-letter")).Single();
        letter.Payload.ShouldBe(payload);
        letter.Headers["dead-letter-reason"].ShouldBe("malformed");
        letter.Headers["dead-letter-from"].ShouldBe(queue);
    }

    [Test]
    public async Task Should_dead_letter_a_message_of_an_unknown_type()
    {
        await system.Sandbox.Publish("orchestrator", Envelope.Of("SomebodyElse:TheirMessage", new JsonObject { ["a"] = 1 }));
        var letter = (await system.Sandbox.WaitFor("orchestrator.dead-letter")).Single();
        letter.Headers["dead-letter-reason"].ShouldBe("unknown-message-type");
        letter.Headers["dead-letter-message"].ShouldContain("SomebodyElse:TheirMessage");
    }

    [Test]
    public async Task Should_refuse_JSON_that_only_some_readers_take()
    {
        await system.Sandbox.Publish(
            "orchestrator",
            $$"""{ "messageType": ["urn:message:Other:Thing",], "messageId": "{{Guid.NewGuid()}}", "message": {}, }"""
        );
        var letter = (await system.Sandbox.WaitFor("orchestrator.dead-letter")).Single();
        letter.Headers["dead-letter-reason"].ShouldBe("malformed");
        letter.Headers["dead-letter-expected"].ShouldBe("valid JSON");
    }

    [Test]
    [Property("Rule", "S12")]
    public async Task Should_dead_letter_a_reply_for_an_unknown_saga_as_an_orphan()
    {
        var unknown = Guid.NewGuid();
        await system.Sandbox.Publish("orchestrator", Envelope.Of("SagaOrchestrator.Messages:SagaStepCompleted", Reply(unknown)));
        var letter = (await system.Sandbox.WaitFor("orchestrator.dead-letter")).Single();
        letter.Headers["dead-letter-reason"].ShouldBe("orphan");
        letter.Headers["dead-letter-message"].ShouldContain(unknown.ToString());
        (await system.Sandbox.Query<long>($"select count(*) from orchestrator.saga where id = '{unknown}'")).ShouldBe(0);
    }

    [Test]
    [Property("Rule", "S37")]
    public async Task Should_dead_letter_what_a_handler_fails_on_with_everything_that_it_came_with()
    {
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        var progress = await system.Sandbox.Query<string>($"select progress::text from orchestrator.saga where id = '{id}'");
        var command = await system.Sandbox.CommandId(id, "reserve_inventory");
        // What no build of ours would have written.
        await system.Sandbox.Execute(
            $$"""update orchestrator.saga set progress = '{"steps": 7}', version = version + 1 where id = '{{id}}'"""
        );
        var reply = Reply(id);
        reply["commandId"] = command.ToString();
        reply["result"] = new JsonObject { ["reservationId"] = "R-1", ["units"] = 1 };
        var payload = Envelope.Of("SagaOrchestrator.Messages:SagaStepCompleted", reply);
        await system.Sandbox.PublishAs("inventory", "orchestrator", payload, new() { ["mine"] = "ä", ["saga-id"] = id.ToString() });
        var letter = (await system.Sandbox.WaitFor("orchestrator.dead-letter")).Single();
        letter.Payload.ShouldBe(payload);
        letter.Headers["dead-letter-reason"].ShouldBe("handler-failed");
        letter.Headers["dead-letter-from"].ShouldBe("orchestrator");
        letter.Headers["dead-letter-exception"].ShouldContain("StoredDataException");
        letter.Headers["dead-letter-message"].ShouldContain("A stored SagaProgress cannot be read by this build");
        DateTimeOffset
            .Parse(letter.Headers["dead-letter-at"], System.Globalization.CultureInfo.InvariantCulture)
            .Offset.ShouldBe(TimeSpan.Zero);
        letter.Headers["mine"].ShouldBe("ä");

        // Mended, and moved back by somebody who has another name.
        await system.Sandbox.Execute(
            $"update orchestrator.saga set progress = '{progress.Replace("'", "''", StringComparison.Ordinal)}', version = version + 1 "
                + $"where id = '{id}'"
        );
        await system.Sandbox.Publish(
            "orchestrator",
            letter.Payload,
            new { content_type = "application/vnd.masstransit+json", headers = letter.Headers }
        );
        await Eventually.True(async () => (await system.Api.HistoryTypes(id)).Contains("reply_ignored"), "the reply is heard");
    }

    [Test]
    public async Task Should_not_take_headers_that_steer_MassTransit()
    {
        await system.Sandbox.PublishAs(
            "client",
            "orchestrator",
            "no JSON",
            new()
            {
                ["MT-Fail-Delivery"] = true,
                ["mt-redelivery-count"] = 9,
                ["mine"] = "kept",
            }
        );
        var letter = (await system.Sandbox.WaitFor("orchestrator.dead-letter")).Single();
        letter.Headers.Keys.ShouldNotContain(name => name.StartsWith("mt-", StringComparison.OrdinalIgnoreCase));
        letter.Headers["mine"].ShouldBe("kept");
        letter.Headers["sent-by"].ShouldBe("client");
    }

    [Test]
    public async Task Should_dead_letter_a_message_without_an_id()
    {
        var envelope = JsonNode.Parse(Envelope.Of("SagaOrchestrator.Messages:SagaStepCompleted", Reply(Guid.NewGuid())))!.AsObject();
        envelope.Remove("messageId");
        await system.Sandbox.Publish("orchestrator", envelope.ToJsonString());
        var letter = (await system.Sandbox.WaitFor("orchestrator.dead-letter")).Single();
        letter.Headers["dead-letter-reason"].ShouldBe("malformed");
        letter.Headers["dead-letter-path"].ShouldBe("messageId");
        letter.Headers["dead-letter-expected"].ShouldContain("a UUID");
        letter.Headers["dead-letter-got"].ShouldBe("nothing");
    }

    [Test]
    public async Task Should_dead_letter_a_command_that_names_no_saga()
    {
        await system.Sandbox.Publish(
            "inventory",
            Envelope.Of(
                "SagaOrchestrator.Messages.Orders.Inventory:ReserveItems",
                new JsonObject { ["orderId"] = "1", ["lines"] = new JsonArray() }
            )
        );
        (await system.Sandbox.WaitFor("inventory.dead-letter")).Single().Headers["dead-letter-reason"].ShouldBe("malformed");
    }

    [Test]
    public async Task Should_leave_sagas_unharmed()
    {
        await system.Sandbox.Publish("orchestrator", "{ this is not JSON");
        await system.Sandbox.Publish("inventory", "{ nor is this");
        await system.Api.Run(Order.Of(), "Completed");
        await system.Sandbox.WaitFor("orchestrator.dead-letter");
        await system.Sandbox.WaitFor("inventory.dead-letter");
    }

    [Test]
    public async Task Should_let_a_person_look_at_a_dead_letter_as_often_as_they_like()
    {
        await system.Sandbox.Publish("orchestrator", "{ this is not JSON");
        await system.Sandbox.WaitFor("orchestrator.dead-letter");
        for (var look = 0; look < 40; look++)
        {
            (await system.Sandbox.Peek("orchestrator.dead-letter")).Count.ShouldBe(1);
        }
    }

    [Test]
    public async Task Should_catch_in_unrouted_what_no_queue_takes()
    {
        await system.Sandbox.Unbind("to.shipping.dead-letter", "shipping.dead-letter");
        await system.Sandbox.Unbind("to.shipping.dead-letter", "orchestrator.dead-letter-index");
        await system.Sandbox.Publish("shipping.dead-letter", "lost?");
        (await system.Sandbox.WaitFor("unrouted")).Single().Payload.ShouldBe("lost?");
    }

    private static JsonObject Reply(Guid sagaId) =>
        new()
        {
            ["sagaId"] = sagaId.ToString(),
            ["step"] = "reserve_inventory",
            ["commandId"] = Guid.NewGuid().ToString(),
            ["attempt"] = 1,
        };
}
