using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Messaging.RabbitMq.Topology;

/// <summary>
/// Refuses to start where the broker lacks the service's queues. A broker that is away refuses nothing: the service waits for it.
/// </summary>
internal sealed class TopologyCheck(BusConnection connection, string queue) : BeforeStart
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var link = await BrokerLink.Open(connection, queue + " (starts)", cancellationToken);
            foreach (var name in new[] { queue, Queues.DeadLetterOf(queue), Queues.IncomingDeadLetterOf(queue) })
            {
                await Find(link, name, cancellationToken);
            }
        }
        catch (UntrustedBrokerException exception)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is RabbitMQClientException or IOException or TimeoutException)
        {
            // The broker is away. The service waits for it.
        }
    }

    private async Task Find(IConnection link, string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await link.CreateChannelAsync(cancellationToken: cancellationToken);
            await channel.QueueDeclarePassiveAsync(name, cancellationToken);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            throw new InvalidOperationException(
                $"The broker has no queue '{name}' in the virtual host '{connection.VirtualHost}' (RabbitMq:VirtualHost). Import the "
                    + $"definitions that the orchestrator's host writes ('topology --format definitions'), then start again.",
                exception
            );
        }
    }
}
