using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SagaOrchestrator.Outbox.Endpoints;

/// <summary>Asks the broker how many messages wait in a queue, on a connection of its own: the one in question may be the one that is broken.</summary>
internal sealed class QueueDepth(BusConnection settings, string service) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConnectionFactory factory = new()
    {
        VirtualHost = settings.VirtualHost, UserName = settings.Username, Password = settings.Password, ClientProvidedName = service + " (watches)",
        AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromSeconds(10),
        RequestedConnectionTimeout = Patience, ContinuationTimeout = Patience,
    };

    private IConnection? connection;

    /// <summary>How many wait; null when the broker does not say.</summary>
    public async Task<uint?> Read(string queue, CancellationToken cancellationToken)
    {
        try
        {
            if (connection is not { IsOpen: true })
            {
                await DisposeAsync();
                connection = await factory.CreateConnectionAsync(settings.Nodes().Select(node => new AmqpTcpEndpoint(node.Host, node.Port)), cancellationToken);
            }

            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            return (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount;
        }
        catch (Exception exception) when (exception is RabbitMQClientException or IOException or TimeoutException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is { } old)
        {
            connection = null;
            await old.DisposeAsync();
        }
    }
}
