using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_a_message_is_given_back_too_often
{
    [Test]
    public async Task Should_dead_letter_it_with_the_reason_and_handle_it_when_it_is_moved_back()
    {
        await using var sandbox = await Sandbox.CreateMigrated();
        var order = Order.Of();
        await sandbox.Publish(
            "orchestrator",
            Envelope.Of("SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment", order)
        );

        // Nobody reads the queue yet; each look gives the message back, as a crashing consumer would.
        for (var look = 0; look < 18; look++)
        {
            (await sandbox.Peek("orchestrator")).Count.ShouldBe(1);
        }

        await using var system = await RunningSystem.Start(sandbox: sandbox);
        var letter = (await sandbox.WaitFor("orchestrator.dead-letter")).Single();
        letter.Headers["dead-letter-reason"].ShouldBe("delivery-limit");
        letter.Headers["dead-letter-from"].ShouldBe("orchestrator");

        // An operator moves it back, headers and all.
        var taken = (await sandbox.Peek("orchestrator.dead-letter", take: true)).Single();
        var headers = new JsonObject();
        foreach (var (name, value) in taken.Headers)
        {
            headers[name] = int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : value;
        }

        headers["x-delivery-count"] = 18;
        await sandbox.Publish("orchestrator", taken.Payload, new { content_type = "application/vnd.masstransit+json", headers });
        var saga = await Eventually.Get(
            async () =>
                await sandbox.Query<long>(
                    $"select count(*) from orchestrator.saga where business_key = '{order["orderId"]}' and state = 'Completed'"
                ),
            completed => completed == 1,
            "the saga has completed"
        );
        saga.ShouldBe(1);
        (await sandbox.Peek("orchestrator.dead-letter")).ShouldBeEmpty();
    }
}
