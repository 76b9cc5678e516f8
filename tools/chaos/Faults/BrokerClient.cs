using RabbitMQ.Client;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>A connection of the driver's own, past all lines, to whichever node answers.</summary>
internal static class BrokerClient
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // A node that was paused or cut off may never confirm what it took before.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Sends a message, and returns when it is confirmed. When that takes too long the connection is given up, and another one made.
    /// </summary>
    public static async Task Publish(
        IChannel channel,
        string exchange,
        BasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken gone
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(gone);
        patience.CancelAfter(Patience);
        await channel.BasicPublishAsync(exchange, string.Empty, mandatory: false, properties, body, patience.Token);
    }

    /// <summary>Reads a queue ahead of whoever else reads it. What came is acknowledged, or given back, by the caller.</summary>
    public static Task<string> ConsumeAhead(IChannel channel, string queue, IAsyncBasicConsumer consumer, CancellationToken gone) =>
        channel.BasicConsumeAsync(
            queue,
            autoAck: false,
            consumerTag: string.Empty,
            noLocal: false,
            exclusive: false,
            new Dictionary<string, object?> { ["x-priority"] = 10 },
            consumer,
            gone
        );

    /// <summary>Gives messages back, in this order.</summary>
    public static async Task GiveBack(IChannel channel, IEnumerable<ulong> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            await channel.BasicNackAsync(delivery, multiple: false, requeue: true, CancellationToken.None);
        }
    }

    /// <summary>Connects and works, again and again until the end: the node may be killed at any time.</summary>
    public static async Task Keep(BrokerCluster broker, Func<IChannel, CancellationToken, Task> work, CancellationToken end)
    {
        var factory = new ConnectionFactory
        {
            VirtualHost = BrokerCluster.VirtualHost,
            UserName = "admin",
            Password = "admin-dev",
            ClientProvidedName = "chaos",
            AutomaticRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(5),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(3),
            ContinuationTimeout = TimeSpan.FromSeconds(5),
        };
        while (!end.IsCancellationRequested)
        {
            try
            {
                await using var connection = await factory.CreateConnectionAsync(
                    broker.Nodes.Select(node => new AmqpTcpEndpoint("127.0.0.1", node.Port)),
                    end
                );
                await using var channel = await connection.CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                    end
                );
                using var either = CancellationTokenSource.CreateLinkedTokenSource(end);
                channel.ChannelShutdownAsync += async (_, _) =>
                {
                    try
                    {
                        await either.CancelAsync();
                    }
                    catch (ObjectDisposedException)
                    {
                        // Nobody works any more.
                    }
                };
                await work(channel, either.Token);
            }
            catch (Exception) when (!end.IsCancellationRequested)
            {
                await Wait.For(Pause, end);
            }
            catch (Exception)
            {
                // The end, and perhaps the connection's too.
            }
        }
    }
}
