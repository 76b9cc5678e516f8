using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Capture;

internal sealed class CapturingSendEndpointProvider(ISendEndpointProvider provider, UnitOfWork unit) : ISendEndpointProvider
{
    public ConnectHandle ConnectSendObserver(ISendObserver observer) => provider.ConnectSendObserver(observer);

    public async Task<ISendEndpoint> GetSendEndpoint(Uri address) =>
        new CapturingSendEndpoint(await provider.GetSendEndpoint(Exchange(address)), unit);

    // MassTransit would send to an exchange that is called like the queue.
    private static Uri Exchange(Uri address) =>
        address.Scheme == "queue" ? new Uri("exchange:" + Queues.ExchangeOf(address.AbsolutePath)) : address;
}

internal sealed class CapturingPublishEndpointProvider(IPublishEndpointProvider provider, UnitOfWork unit) : IPublishEndpointProvider
{
    public ConnectHandle ConnectPublishObserver(IPublishObserver observer) => provider.ConnectPublishObserver(observer);

    public async Task<ISendEndpoint> GetPublishSendEndpoint<T>()
        where T : class => new CapturingSendEndpoint(await provider.GetPublishSendEndpoint<T>(), unit);
}
