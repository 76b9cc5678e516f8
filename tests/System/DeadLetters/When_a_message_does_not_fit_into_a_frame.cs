using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>With our headers added it would be longer than a frame, and the broker would close the connection.</summary>
[Property("Rule", "S41")]
public sealed class When_a_message_does_not_fit_into_a_frame
{
    private const int Services = 5;
    private RunningSystem system = null!;

    [SetUp]
    public async Task Start() => system = await RunningSystem.Start();

    [TearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    [Property("Rule", "S41")]
    public async Task Should_be_a_dead_letter_after_one_delivery_and_leave_its_neighbours_alone()
    {
        var connections = await Eventually.Get(
            Connections,
            open => open.Count >= Services,
            "the broker knows the connections of all services"
        );
        var orders = new List<Guid> { await system.Api.StartSaga(Order.Of()) };
        await system.Sandbox.Publish(
            "orchestrator",
            "{ this is not JSON",
            new
            {
                content_type = "application/vnd.masstransit+json",
                headers = new Dictionary<string, object> { ["mine"] = new string('x', 130_500), ["small"] = "kept" },
            }
        );
        for (var count = 0; count < 20; count++)
        {
            orders.Add(await system.Api.StartSaga(Order.Of(product: $"p{count % 20 + 1}")));
        }

        var letter = (await system.Sandbox.WaitFor("orchestrator.dead-letter")).Single();
        letter.Payload.ShouldBe("{ this is not JSON");
        letter.Headers["dead-letter-reason"].ShouldBe("malformed");
        letter.Headers["dead-letter-cut"].ShouldBe("mine");
        letter.Headers["mine"].Length.ShouldBeInRange(1, 2000);
        letter.Headers["small"].ShouldBe("kept");
        foreach (var order in orders)
        {
            await system.Api.WaitFor(order, "Completed");
        }

        (await system.Sandbox.Peek("orchestrator.dead-letter")).Count.ShouldBe(1);
        connections.ShouldBeSubsetOf(await Connections());
    }

    [Test]
    public async Task Should_be_a_dead_letter_whatever_its_envelope_calls_it()
    {
        var connections = await Eventually.Get(
            Connections,
            open => open.Count >= Services,
            "the broker knows the connections of all services"
        );
        var payload = new JsonObject
        {
            ["messageId"] = new string('m', 150_000),
            ["messageType"] = new JsonArray("urn:message:SagaOrchestrator.Messages:SagaSignal"),
            ["message"] = new JsonObject(),
        }.ToJsonString();
        await system.Sandbox.Publish("orchestrator", payload);
        await system.Api.Run(Order.Of(), "Completed");

        var letter = (await system.Sandbox.WaitFor("orchestrator.dead-letter")).Single();
        letter.Payload.ShouldBe(payload);
        letter.Headers.Keys.ShouldContain("dead-letter-reason");
        letter.Headers.Values.ShouldAllBe(value => value.Length <= 2000);
        connections.ShouldBeSubsetOf(await Connections());
    }

    [Test]
    public async Task Should_be_kept_until_its_dead_letter_exchange_is_there_again()
    {
        (
            await system.Sandbox.Console.DeleteAsync($"/api/exchanges/{system.Sandbox.Name}/to.orchestrator.dead-letter")
        ).EnsureSuccessStatusCode();
        await system.Sandbox.Publish("orchestrator", "{ this is not JSON");
        await system.Api.Run(Order.Of(), "Completed");
        await system.Sandbox.ImportTopology();
        (await system.Sandbox.WaitFor("orchestrator.dead-letter")).Single().Payload.ShouldBe("{ this is not JSON");
    }

    private async Task<IReadOnlyList<string>> Connections() =>
        [
            .. (await system.Sandbox.Console.GetFromJsonAsync<JsonElement>($"/api/vhosts/{system.Sandbox.Name}/connections"))
                .EnumerateArray()
                .Select(connection => connection.GetProperty("name").GetString()!)
                .Order(StringComparer.Ordinal),
        ];
}
