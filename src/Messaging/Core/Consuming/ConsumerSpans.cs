using MassTransit;

namespace SagaOrchestrator.Messaging.Consuming;

/// <summary>Gives each delivery its <see cref="ConsumerSpan"/> when somebody traces or measures.</summary>
/// <param name="queue">The queue.</param>
/// <param name="system">The broker, as OpenTelemetry's conventions call it.</param>
internal sealed class ConsumerSpans(string queue, string system) : IFilter<ReceiveContext>
{
    private readonly string name = ConsumerSpan.NameFor(queue);

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        ConsumerSpan.IsAskedFor ? Trace(context, next) : next.Send(context);

    public void Probe(ProbeContext context) => context.CreateFilterScope("consumerSpans");

    // Asynchronous, so that the span is the current one in here and not for the caller.
    private async Task Trace(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var span = ConsumerSpan.Start(context, name, queue, system);
        try
        {
            await next.Send(context);
        }
        catch (Exception exception)
        {
            span.Fail(exception);
            throw;
        }
        finally
        {
            span.DeliveryEnded();
        }
    }
}
