using System.Globalization;
using RabbitMQ.Client;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Puts messages into their queues as fast as the broker confirms them.</summary>
internal sealed class FloodSender(IConnection connection)
{
    /// <summary>The header that tells a message of a flood, also as a dead letter.</summary>
    public const string Mark = "flood";

    public async Task Send(IReadOnlyList<FloodMessage> messages, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        foreach (var some in messages.Chunk(100))
        {
            await Task.WhenAll(some.Select(message => channel.BasicPublishAsync(
                message.Queue, string.Empty, mandatory: true, Properties(message), message.Envelope(), cancellationToken).AsTask()));
        }
    }

    /// <summary>A connection of the driver's own, past all lines.</summary>
    public static Task<IConnection> Connect(BrokerCluster broker, CancellationToken cancellationToken) => new ConnectionFactory
    {
        VirtualHost = BrokerCluster.VirtualHost, UserName = "admin", Password = "admin-dev", ClientProvidedName = "flood",
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
            MessageId = message.Id.ToString(), ContentType = "application/vnd.masstransit+json", DeliveryMode = DeliveryModes.Persistent, Headers = headers,
        };
    }
}
