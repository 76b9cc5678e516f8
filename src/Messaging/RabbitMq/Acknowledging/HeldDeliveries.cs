using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;
using SagaOrchestrator.Messaging.RabbitMq.Telemetry;

namespace SagaOrchestrator.Messaging.RabbitMq.Acknowledging;

/// <summary>
/// The deliveries of one channel that were handled and wait for their commit. They are acknowledged after it, and not before.
/// </summary>
internal sealed class HeldDeliveries(GroupedAcks acks, Deliveries deliveries, ILogger log, CancellationToken stopping)
{
    // What ends a process seldom waits for half a minute. What is not committed by then is not acknowledged either, and comes again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ulong, Task> held = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int open;
    private volatile bool isEnding;

    /// <summary>
    /// Has the acknowledgement of a delivery wait for this. When the task fails, the delivery is requeued instead, and comes again.
    /// </summary>
    public void Hold(ulong tag, Task settled) => held[tag] = settled;

    /// <summary>Acknowledges a delivery: one that is held when its time has come, others now.</summary>
    public Task Ack(ulong tag)
    {
        if (!held.TryRemove(tag, out var settled))
        {
            return acks.Ack(tag);
        }

        var acknowledged = AckAfter(tag, settled);
        return isEnding ? acknowledged : Task.CompletedTask;
    }

    /// <summary>
    /// Requeues a delivery: now, or with the channel when the service shuts down. Until the channel is closed the service is still a
    /// consumer, and would be served the same delivery at once, again and again, until the broker's limit is reached.
    /// </summary>
    public Task Nack(ulong tag, bool requeue)
    {
        held.TryRemove(tag, out _);
        return requeue && stopping.IsCancellationRequested ? Task.CompletedTask : acks.Nack(tag, requeue);
    }

    /// <summary>
    /// Waits for what is held, and for its acknowledgements. From now on whoever acknowledges waits for it: the channel is closed when all
    /// deliveries are over.
    /// </summary>
    public async Task Drain()
    {
        isEnding = true;
        TellWhenDrained();
        await Task.WhenAny(drained.Task, Task.Delay(Patience));
        await acks.Flush();
    }

    private async Task AckAfter(ulong tag, Task settled)
    {
        Interlocked.Increment(ref open);
        deliveries.Hold();
        try
        {
            await settled;
            var sent = acks.Ack(tag);
            if (isEnding)
            {
                await sent.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (Exception exception)
        {
            RabbitMqLog.Nacked(log, exception, tag);
            await Requeue(tag);
        }
        finally
        {
            deliveries.LetGo();
            Interlocked.Decrement(ref open);
            TellWhenDrained();
        }
    }

    private async Task Requeue(ulong tag)
    {
        try
        {
            await Nack(tag, requeue: true);
        }
        catch (Exception exception)
        {
            // The channel is gone, so the broker requeues the delivery by itself.
            RabbitMqLog.Nacked(log, exception, tag);
        }
    }

    private void TellWhenDrained()
    {
        if (isEnding && Volatile.Read(ref open) == 0)
        {
            drained.TrySetResult();
        }
    }
}
