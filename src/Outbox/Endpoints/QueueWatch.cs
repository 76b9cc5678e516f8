using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SagaOrchestrator.Outbox.Endpoints;

/// <summary>Asks the broker who reads a queue and what waits in it, on a connection of its own. The queue itself is not touched.</summary>
/// <param name="settings">Where the broker is.</param>
/// <param name="service">The service that asks.</param>
public sealed class QueueWatch(BusConnection settings, string service) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConnectionFactory factory = new()
    {
        VirtualHost = settings.VirtualHost, UserName = settings.Username, Password = settings.Password, ClientProvidedName = service + " (breakers)",
        AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromSeconds(10),
        RequestedConnectionTimeout = Patience, ContinuationTimeout = Patience,
    };

    private IConnection? connection;
    private IChannel? channel;

    /// <summary>What the broker says; null when it says nothing.</summary>
    public async Task<QueueSight?> Look(string queue, CancellationToken cancellationToken)
    {
        try
        {
            var declared = await (await Open(cancellationToken)).QueueDeclarePassiveAsync(queue, cancellationToken);
            return new QueueSight(Exists: true, declared.ConsumerCount, declared.MessageCount);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // The broker has closed the channel with its answer.
            return new QueueSight(Exists: false, 0, 0);
        }
        catch (Exception exception) when (exception is RabbitMQClientException or IOException or TimeoutException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (channel is { } oldChannel)
        {
            channel = null;
            await oldChannel.DisposeAsync();
        }

        if (connection is { } old)
        {
            connection = null;
            await old.DisposeAsync();
        }
    }

    private async Task<IChannel> Open(CancellationToken cancellationToken)
    {
        if (connection is not { IsOpen: true })
        {
            await DisposeAsync();
            connection = await factory.CreateConnectionAsync(settings.Nodes().Select(node => new AmqpTcpEndpoint(node.Host, node.Port)), cancellationToken);
        }

        if (channel is not { IsOpen: true })
        {
            if (channel is { } closed)
            {
                await closed.DisposeAsync();
            }

            channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        }

        return channel;
    }
}
