using MassTransit;
using MassTransit.Context;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Capture;

/// <summary>Lets what runs inside a consume pipe reach the unit of work.</summary>
public static class UnitOfWorkContext
{
    /// <summary>The unit of this delivery attempt.</summary>
    public static UnitOfWork UnitOfWork(this PipeContext context) =>
        context.TryGetPayload(out IHasUnitOfWork? has)
            ? has.Unit
            : throw new InvalidOperationException("This endpoint has no unit-of-work filter. Register it as a ServiceEndpoint.");
}

internal interface IHasUnitOfWork
{
    UnitOfWork Unit { get; }
}

/// <summary>A consume context whose sends and publishes land in the unit of work instead of on the broker.</summary>
internal sealed class UnitOfWorkConsumeContext<T> : ConsumeContextProxy<T>, IHasUnitOfWork
    where T : class
{
    public UnitOfWorkConsumeContext(ConsumeContext<T> context, UnitOfWork unit)
        : base(context)
    {
        Unit = unit;
        var receiveContext = new CapturingReceiveContext(context.ReceiveContext, unit);
        ReceiveContext = receiveContext;
        PublishEndpointProvider = receiveContext.PublishEndpointProvider;
    }

    public UnitOfWork Unit { get; }

    // The attempt failed, not the message: whether it is tried again is decided further out.
    public override Task NotifyFaulted<TMessage>(
        ConsumeContext<TMessage> context,
        TimeSpan duration,
        string consumerType,
        Exception exception
    ) => Task.CompletedTask;

    private sealed class CapturingReceiveContext(ReceiveContext context, UnitOfWork unit) : ReceiveContextProxy(context)
    {
        public override ISendEndpointProvider SendEndpointProvider { get; } =
            new CapturingSendEndpointProvider(context.SendEndpointProvider, unit);

        public override IPublishEndpointProvider PublishEndpointProvider { get; } =
            new CapturingPublishEndpointProvider(context.PublishEndpointProvider, unit);
    }
}
