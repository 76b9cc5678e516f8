using MassTransit;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Capture;

internal sealed class CapturingSendEndpointProvider(ISendEndpointProvider provider, UnitOfWork unit) : ISendEndpointProvider
{
    public ConnectHandle ConnectSendObserver(ISendObserver observer) => provider.ConnectSendObserver(observer);

    public async Task<ISendEndpoint> GetSendEndpoint(Uri address) =>
        new CapturingSendEndpoint(await provider.GetSendEndpoint(address), unit);
}

internal sealed class CapturingPublishEndpointProvider(IPublishEndpointProvider provider, UnitOfWork unit) : IPublishEndpointProvider
{
    public ConnectHandle ConnectPublishObserver(IPublishObserver observer) => provider.ConnectPublishObserver(observer);

    public async Task<ISendEndpoint> GetPublishSendEndpoint<T>()
        where T : class => new CapturingSendEndpoint(await provider.GetPublishSendEndpoint<T>(), unit);
}
