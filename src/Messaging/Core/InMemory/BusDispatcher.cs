using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.InMemory;

/// <summary>Sends through MassTransit's endpoint: for the transport in memory.</summary>
/// <param name="bus">The bus; asked for on first use, because the bus's endpoints need the outbox to be made.</param>
public sealed class BusDispatcher(Func<ISendEndpointProvider> bus) : IMessageDispatcher
{
    /// <summary>Sends through the bus of a container.</summary>
    /// <param name="provider">The container.</param>
    public static BusDispatcher Of(IServiceProvider provider) => new(provider.GetRequiredService<IBus>);

    /// <inheritdoc/>
    public async Task Send(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var endpoint = await bus().GetSendEndpoint(new Uri("exchange:" + message.Destination));
        await endpoint.Send(new StoredMessage(), (IPipe<SendContext<StoredMessage>>)new StoredMessagePipe(message), cancellationToken);
    }

    /// <summary>Stands for a message whose body is serialized already.</summary>
    private sealed class StoredMessage;
}
