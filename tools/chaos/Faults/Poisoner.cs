using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;
using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>
/// Sends messages that nobody can handle. Those that kill come early, so that they have killed often enough when the storm is over. In the
/// end they, and nothing else, are in the dead-letter queues.
/// </summary>
internal sealed class Poisoner(BrokerCluster broker, Journal journal, int seed, TimeSpan killsFor)
{
    public const string Header = "chaos-poison";

    private const int KillerEvery = 20;
    private const string Killer = """{"messageType":["urn:message:SagaOrchestrator.Chaos.Nodes.Served:KillsItsConsumer"],"message":{}}""";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private readonly Random dice = new(seed);
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly ConcurrentDictionary<string, bool> sent = new(StringComparer.Ordinal);

    /// <summary>The marks of those that the broker confirmed.</summary>
    public IReadOnlyCollection<string> Confirmed => [.. sent.Where(entry => entry.Value).Select(entry => entry.Key)];

    /// <summary>The marks of all.</summary>
    public ICollection<string> Sent => sent.Keys;

    public async Task Run(CancellationToken end)
    {
        await BrokerClient.Keep(broker, Poison, end);
        journal.Write("poison", $"{Confirmed.Count} messages that nobody can handle were sent");
    }

    private async Task Poison(IChannel channel, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var queue = ProductNodes.Services.Append("orchestrator").ElementAt(dice.Next(ProductNodes.Services.Count + 1));
            var mark = Guid.NewGuid().ToString();
            sent[mark] = false;
            var properties = new BasicProperties
            {
                MessageId = mark,
                ContentType = "application/vnd.masstransit+json",
                DeliveryMode = DeliveryModes.Persistent,
                Headers = new Dictionary<string, object?> { [Header] = mark },
            };
            await BrokerClient.Publish(channel, Queues.ExchangeOf(queue), properties, Encoding.UTF8.GetBytes(Body(queue)), end);
            sent[mark] = true;
            await Wait.For(Every, end);
        }
    }

    // The last kills the participant that handles it, time and again, if that is of the next version; the former version does not know it.
    private string Body(string queue) =>
        dice.Next(KillerEvery) == 0 && Stopwatch.GetElapsedTime(began) < killsFor
            ? Killer
            : dice.Next(5) switch
            {
                0 => "this is no JSON",
                1 => string.Empty,
                2 => """{"messageType":["urn:message:Somewhere.Else:NobodyKnowsIt"],"message":{"a":1}}""",
                3 => string.Concat(Enumerable.Repeat("""{"a":""", 2000)),
                _ when queue == "orchestrator" =>
                    $$$"""{"messageType":["urn:message:SagaOrchestrator.Messages:SagaStepCompleted"],"message":{"sagaId":"{{{Guid.NewGuid()}}}","step":"reserve_inventory","attempt":1}}""",
                _ =>
                    """{"messageType":["urn:message:SagaOrchestrator.Messages.Orders.Inventory:ReserveItems"],"message":{"orderId":7,"lines":"none"}}""",
            };
}
