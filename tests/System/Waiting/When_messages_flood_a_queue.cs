using System.Diagnostics;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Waiting;

/// <summary>
/// Replies and signals for sagas that are not there, thousands at once. Each waits for a while, but not in the place of others.
/// </summary>
[Property("Rule", "S40")]
public sealed class When_messages_flood_a_queue
{
    private const int Flood = 3000;
    private RunningSystem system = null!;

    [SetUp]
    public async Task Start()
    {
        system = await RunningSystem.Start();
        await system.Api.Run(Order.Of(), "Completed");
    }

    [TearDown]
    public async Task Stop() => await system.DisposeAsync();

    [TestCase("SagaOrchestrator.Messages:SagaStepCompleted")]
    [TestCase("SagaOrchestrator.Messages:SagaSignal")]
    [Property("Rule", "S40")]
    public async Task Should_end_an_order_while_they_wait(string type)
    {
        var calm = await Orders();
        await system.Sandbox.Flood("orchestrator", Enumerable.Range(0, Flood).Select(_ => Envelope.Of(type, Stray())));
        await Eventually.True(async () => await Waiting() > 0, "some wait in the database");

        var flooded = await Orders();

        (await system.Sandbox.Count("orchestrator.dead-letter")).ShouldBeLessThan(Flood);
        (await Waiting()).ShouldBeGreaterThan(0);
        TestContext.Out.WriteLine($"median of an order: calm {calm:0} ms, flooded {flooded:0} ms");
        await Eventually.Get(() => system.Sandbox.Count("orchestrator.dead-letter"), dead => dead == Flood, "each is a dead letter, once");
        (await Waiting()).ShouldBe(0);
        (await system.Sandbox.Peek("orchestrator.dead-letter")).ShouldAllBe(letter => letter.Headers["dead-letter-reason"] == "orphan");
    }

    private static JsonObject Stray() =>
        new()
        {
            ["sagaId"] = Guid.NewGuid().ToString(),
            ["step"] = "reserve_inventory",
            ["commandId"] = Guid.NewGuid().ToString(),
            ["attempt"] = 1,
            ["name"] = "approval",
            ["signalId"] = Guid.NewGuid().ToString(),
        };

    private Task<long> Waiting() => system.Sandbox.Query<long>("select count(*) from orchestrator.waiting_message where reason = 'orphan'");

    private async Task<double> Orders()
    {
        var times = new List<double>();
        for (var count = 0; count < 11; count++)
        {
            var started = Stopwatch.GetTimestamp();
            await system.Api.Run(Order.Of(), "Completed");
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }
}
