using System.Collections.Concurrent;
using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>What happens to messages in a queue: they come late, and in another order.</summary>
internal sealed class QueueFaults(BrokerCluster broker, Journal journal)
{
    private const int Most = 200;
    private const double Shortest = 0.5;

    /// <param name="longest">The longest time that a message is held, in seconds.</param>
    public IEnumerable<Fault> All(double longest) =>
        ProductNodes
            .Services.Append("orchestrator")
            .Select(queue => new Fault(
                "hold",
                $"queue {queue}",
                1,
                (dice, heal) => Hold(queue, dice, TimeSpan.FromSeconds(Shortest + (dice.NextDouble() * (longest - Shortest))), heal)
            ));

    // The next so many messages go to the driver, ahead of the service, and back to the queue when others have overtaken them.
    private async Task Hold(string queue, Random dice, TimeSpan time, CancellationToken heal)
    {
        var count = dice.Next(1, Most);
        journal.Write(
            "hold",
            string.Create(CultureInfo.InvariantCulture, $"up to {count} messages of {queue} for {time.TotalSeconds:0.0} s")
        );
        using var end = CancellationTokenSource.CreateLinkedTokenSource(heal);
        end.CancelAfter(time);
        await BrokerClient.Keep(
            broker,
            async (channel, gone) =>
            {
                var held = new ConcurrentBag<ulong>();
                await channel.BasicQosAsync(0, (ushort)count, global: false, gone);
                var consumer = new AsyncEventingBasicConsumer(channel);
                consumer.ReceivedAsync += (_, message) =>
                {
                    held.Add(message.DeliveryTag);
                    return Task.CompletedTask;
                };
                var tag = await BrokerClient.ConsumeAhead(channel, queue, consumer, gone);
                await Wait.For(time, gone);
                await channel.BasicCancelAsync(tag, cancellationToken: CancellationToken.None);
                var shuffled = held.ToArray();
                dice.Shuffle(shuffled);
                journal.Write(
                    "give back",
                    string.Create(CultureInfo.InvariantCulture, $"{shuffled.Length} messages of {queue}, in another order")
                );
                await BrokerClient.GiveBack(channel, shuffled);
            },
            end.Token
        );
    }
}
