using System.Diagnostics;
using System.Globalization;
using RabbitMQ.Client;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Puts messages into their queues, evenly or as fast as the broker confirms them.</summary>
/// <param name="connection">A connection of the driver's own.</param>
/// <param name="rate">How many a second; null for as fast as it goes.</param>
internal sealed class FloodSender(IConnection connection, double? rate)
{
    private const int AtOnce = 20;

    /// <summary>The header that tells a message of a flood, also as a dead letter.</summary>
    public const string Mark = "flood";

    public async Task Send(IReadOnlyList<FloodMessage> messages, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            cancellationToken
        );
        var began = Stopwatch.GetTimestamp();
        foreach (var (some, before) in messages.Chunk(AtOnce).Select((some, number) => (some, number * AtOnce)))
        {
            if (rate is { } second)
            {
                await Wait.For(TimeSpan.FromSeconds(before / second) - Stopwatch.GetElapsedTime(began), cancellationToken);
            }

            await Task.WhenAll(
                some.Select(message =>
                    channel
                        .BasicPublishAsync(
                            Queues.ExchangeOf(message.Queue),
                            string.Empty,
                            mandatory: true,
                            Properties(message),
                            message.Envelope(),
                            cancellationToken
                        )
                        .AsTask()
                )
            );
        }
    }

    /// <summary>A connection of the driver's own, past all lines.</summary>
    public static Task<IConnection> Connect(BrokerCluster broker, CancellationToken cancellationToken) =>
        new ConnectionFactory
        {
            VirtualHost = BrokerCluster.VirtualHost,
            UserName = "admin",
            Password = "admin-dev",
            ClientProvidedName = "flood",
        }.CreateConnectionAsync(broker.Nodes.Select(node => new AmqpTcpEndpoint("127.0.0.1", node.Port)), cancellationToken);

    private static BasicProperties Properties(FloodMessage message)
    {
        var headers = new Dictionary<string, object?> { [Mark] = message.Id.ToString() };
        if (message.Redeliveries > 0)
        {
            headers[SagaHeaders.Redeliveries] = message.Redeliveries.ToString(CultureInfo.InvariantCulture);
        }

        return new BasicProperties
        {
            MessageId = message.Id.ToString(),
            ContentType = "application/vnd.masstransit+json",
            DeliveryMode = DeliveryModes.Persistent,
            Headers = headers,
        };
    }
}
