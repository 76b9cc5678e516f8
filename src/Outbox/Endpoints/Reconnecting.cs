using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;

namespace SagaOrchestrator.Outbox.Endpoints;

/// <summary>
/// How long a consumer waits before it connects again. MassTransit waits three seconds after the first lost connection, up to thirty after
/// later ones, however long they lie apart, and gives up for good after a thousand, or when the broker refuses the password for once.
/// There is no setting for it, so it is put in the place where MassTransit keeps it (ADR 21).
/// </summary>
internal static class Reconnecting
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);
    // MassTransit draws around it, so that replicas do not come all at once.
    private static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(300);

    public static void Soon(IRabbitMqBusFactoryConfigurator bus)
    {
        var host = (RabbitMqHostConfiguration)HostOf((RabbitMqBusFactoryConfigurator)bus);
        PolicyOf(host) = Retry.CreatePolicy(retry => retry.Exponential(int.MaxValue, Shortest, Longest, Spread));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_hostConfiguration")]
    private static extern ref IRabbitMqHostConfiguration HostOf(RabbitMqBusFactoryConfigurator bus);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<ReceiveTransportRetryPolicy>k__BackingField")]
    private static extern ref IRetryPolicy PolicyOf(RabbitMqHostConfiguration host);
}
