using System.Text;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>What a service sends to a queue with its own name, which the broker checks.</summary>
internal static class BrokerUser
{
    public static async Task PublishAs(
        this Sandbox sandbox,
        string user,
        string queue,
        string body,
        Dictionary<string, object?>? headers = null
    )
    {
        await using var connection = await Connect(sandbox, user);
        await using var channel = await connection.CreateChannelAsync();
        var properties = new BasicProperties
        {
            UserId = user,
            ContentType = "application/vnd.masstransit+json",
            Headers = headers,
        };
        await channel.BasicPublishAsync(Queues.ExchangeOf(queue), string.Empty, mandatory: false, properties, Encoding.UTF8.GetBytes(body));
    }

    public static Task<IConnection> Connect(this Sandbox sandbox, string user) =>
        new ConnectionFactory
        {
            HostName = "127.0.0.1",
            Port = TestServers.RabbitMqPort,
            VirtualHost = sandbox.Name,
            UserName = user,
            Password = user + "-dev",
            AutomaticRecoveryEnabled = false,
        }.CreateConnectionAsync();
}
