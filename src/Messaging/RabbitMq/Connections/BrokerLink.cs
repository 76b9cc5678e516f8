using RabbitMQ.Client;

namespace SagaOrchestrator.Messaging.RabbitMq.Connections;

/// <summary>Opens a connection of its own for one piece of work. When it is lost, the work is begun anew.</summary>
internal static class BrokerLink
{
    /// <summary>How long the broker may take for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="settings">Where the broker is.</param>
    /// <param name="name">How it is called in the management console.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static Task<IConnection> Open(BusConnection settings, string name, CancellationToken cancellationToken) =>
        BrokerAccess.Connect(
            new ConnectionFactory
            {
                VirtualHost = settings.VirtualHost,
                ClientProvidedName = name,
                AutomaticRecoveryEnabled = false,
                TopologyRecoveryEnabled = false,
                RequestedHeartbeat = TimeSpan.FromSeconds(10),
                RequestedConnectionTimeout = Patience,
                ContinuationTimeout = Patience,
            },
            settings,
            cancellationToken
        );
}
