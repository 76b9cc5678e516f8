using MassTransit;
using MassTransit.RabbitMqTransport;

namespace SagaOrchestrator.Messaging.RabbitMq.Consuming;

/// <summary>
/// Takes from a message the headers with which one MassTransit steers another, such as counts of redeliveries and addresses for faults. No
/// service of ours sends them, so whoever sends them wants something that only a service may decide.
/// </summary>
internal sealed class StripsMassTransitHeaders : IFilter<ReceiveContext>
{
    private const string Prefix = "MT-";

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (context.TryGetPayload(out RabbitMqBasicConsumeContext? delivery) && delivery.Properties.Headers is { Count: > 0 } headers)
        {
            foreach (var name in headers.Keys.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToList())
            {
                headers.Remove(name);
            }
        }

        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("stripsMassTransitHeaders");
}
