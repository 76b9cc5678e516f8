using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>
/// Sends some of the messages of the system a second time: at once or much later, as they were or under a message id of their own. Later
/// than the step's timeout and than the saga's end too.
/// </summary>
internal sealed class Duplicator(BrokerCluster broker, Journal journal, int seed)
{
    private const double Share = 0.05;
    private const double NewIdShare = 0.3;
    private const double LongestDelay = 40;

    private readonly ConcurrentDictionary<Task, byte> held = new();
    private readonly Random dice = new(seed);
    private int sent;

    /// <summary>How many were sent again.</summary>
    public int Sent => Volatile.Read(ref sent);

    public async Task Run(CancellationToken end)
    {
        await BrokerClient.Keep(broker, Copy, end);
        await Task.WhenAll(held.Keys);
        journal.Write("copies", $"{Sent} messages were sent a second time");
    }

    private async Task Copy(IChannel channel, CancellationToken end)
    {
        var queue = await channel.QueueDeclareAsync(cancellationToken: end);
        foreach (var exchange in ProductNodes.Services.Append(Queues.Orchestrator).Select(Queues.ExchangeOf))
        {
            await channel.QueueBindAsync(queue.QueueName, exchange, string.Empty, cancellationToken: end);
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            if (IsOfTheSystem(message.BasicProperties) && dice.NextDouble() < Share)
            {
                Hold(channel, message, end);
            }

            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, end);
        await Wait.For(TimeSpan.FromDays(1), end);
    }

    private static bool IsOfTheSystem(IReadOnlyBasicProperties properties) => properties.Headers?.ContainsKey(Poisoner.Header) is not true;

    private void Hold(IChannel channel, BasicDeliverEventArgs message, CancellationToken end)
    {
        var properties = new BasicProperties(message.BasicProperties);
        if (dice.NextDouble() < NewIdShare)
        {
            properties.MessageId = Guid.NewGuid().ToString();
        }

        var task = SendLater(channel, message.Exchange, properties, message.Body.ToArray(), Fault.Draw(dice, 0, LongestDelay), end);
        held.TryAdd(task, 0);
        _ = task.ContinueWith(done => held.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task SendLater(
        IChannel channel,
        string exchange,
        BasicProperties properties,
        byte[] body,
        TimeSpan delay,
        CancellationToken end
    )
    {
        await Wait.For(delay, end);
        if (end.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await BrokerClient.Publish(channel, exchange, properties, body, end);
            Interlocked.Increment(ref sent);
        }
        catch (Exception exception)
            when (exception
                    is RabbitMQ.Client.Exceptions.RabbitMQClientException
                        or ObjectDisposedException
                        or OperationCanceledException
                        or IOException
            )
        {
            // The connection is gone, and the copy with it.
        }
    }
}
