using System.Text;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>Sends many messages as a client of the broker, as fast as it takes them.</summary>
internal static class BrokerFlood
{
    public static async Task Flood(this Sandbox sandbox, string queue, IEnumerable<string> payloads)
    {
        var factory = new ConnectionFactory
        {
            Port = TestServers.RabbitMqPort,
            VirtualHost = sandbox.Name,
            UserName = "client",
            Password = "client-dev",
        };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)
        );
        var sent = payloads.Select(payload =>
            channel
                .BasicPublishAsync(
                    Queues.ExchangeOf(queue),
                    string.Empty,
                    mandatory: false,
                    new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true },
                    Encoding.UTF8.GetBytes(payload)
                )
                .AsTask()
        );
        await Task.WhenAll(sent);
    }
}
