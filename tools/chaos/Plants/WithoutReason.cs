using MassTransit;
using MassTransit.Transports;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Chaos.Plants;

/// <summary>Takes the reason off what goes to the dead-letter queue.</summary>
internal sealed class WithoutReason : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (context.TryGetPayload(out IErrorTransport? transport))
        {
            context.AddOrUpdatePayload<IErrorTransport>(() => new Stripping(transport), _ => new Stripping(transport));
        }

        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("withoutReason");

    private sealed class Stripping(IErrorTransport transport) : IErrorTransport
    {
        public Task Send(ExceptionReceiveContext context)
        {
            context.ExceptionHeaders.Set(SagaHeaders.DeadLetterReason, null!);
            return transport.Send(context);
        }
    }
}
