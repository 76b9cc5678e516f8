using MassTransit;
using MassTransit.Configuration;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.Transports;

namespace SagaOrchestrator.Messaging.RabbitMq.Connections;

/// <summary>
/// Makes a bus whose consumers connect again soon, and for ever. MassTransit's own waits three seconds after the first lost connection, up
/// to thirty after later ones, however long they lie apart, and gives up for good after a thousand, or when the broker refuses the
/// password for once.
/// There is no setting for it, but its configuration of the host can be derived from (ADR 21, ADR 35).
/// </summary>
internal sealed class ReconnectingBusFactory : TransportRegistrationBusFactory<IRabbitMqReceiveEndpointConfigurator>
{
    private readonly BusConfiguration bus;
    private readonly Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> configure;

    public ReconnectingBusFactory(Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> configure)
        : this(new BusConfiguration(new RabbitMqTopologyConfiguration(RabbitMqBusFactory.CreateMessageTopology())), configure) { }

    private ReconnectingBusFactory(BusConfiguration bus, Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> configure)
        : base(bus.Host) => (this.bus, this.configure) = (bus, configure);

    public override IBusInstance CreateBus(
        IBusRegistrationContext context,
        IEnumerable<IBusInstanceSpecification> specifications,
        string busName
    ) => CreateBus(new RabbitMqBusFactoryConfigurator(bus), context, configure, specifications);

    // Its base makes a host too, which is read by nobody.
    private sealed class BusConfiguration : RabbitMqBusConfiguration, IRabbitMqBusConfiguration
    {
        public BusConfiguration(IRabbitMqTopologyConfiguration topology)
            : base(topology) => Host = new HostConfiguration(this, topology);

        public HostConfiguration Host { get; }

        IRabbitMqHostConfiguration IRabbitMqBusConfiguration.HostConfiguration => Host;

        IHostConfiguration IBusConfiguration.HostConfiguration => Host;

        ConnectHandle IEndpointConfigurationObserverConnector.ConnectEndpointConfigurationObserver(
            IEndpointConfigurationObserver observer
        ) => Host.ConnectEndpointConfigurationObserver(observer);
    }

    private sealed class HostConfiguration(IRabbitMqBusConfiguration bus, IRabbitMqTopologyConfiguration topology)
        : RabbitMqHostConfiguration(bus, topology)
    {
        private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

        // MassTransit draws each wait anew, up to a quarter longer, so that replicas do not come all at once.
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2.4);
        private static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(300);

        public override IRetryPolicy ReceiveTransportRetryPolicy { get; } =
            Retry.CreatePolicy(retry => retry.Exponential(int.MaxValue, Shortest, Longest, Spread));
    }
}
