using MassTransit;

namespace SagaOrchestrator.Messaging.RabbitMq.Consuming;

/// <summary>Counts what an endpoint is served, and what it has not finished.</summary>
internal sealed class Deliveries : IFilter<ReceiveContext>
{
    private long begun;
    private int underWay;

    /// <summary>How many deliveries there were.</summary>
    public long Begun => Volatile.Read(ref begun);

    /// <summary>How many are being handled, or wait for their commit.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        Interlocked.Increment(ref begun);
        Interlocked.Increment(ref underWay);
        try
        {
            await next.Send(context);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    /// <summary>One that was handled waits for its commit.</summary>
    public void Hold() => Interlocked.Increment(ref underWay);

    /// <summary>It does no longer.</summary>
    public void LetGo() => Interlocked.Decrement(ref underWay);

    public void Probe(ProbeContext context) => context.CreateFilterScope("deliveries");
}
