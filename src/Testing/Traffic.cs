using MassTransit;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Testing;

/// <summary>Counts the messages that are under way, so that a test can wait until there are none.</summary>
internal sealed class Traffic : IReceiveObserver, IDisposable
{
    private readonly HashSet<string> queues = [];
    private readonly List<Exception> faults = [];
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<ReceiveContext, object> handled = [];
    private readonly SemaphoreSlim changed = new(0);
    private int underWay;

    public IReadOnlyList<Exception> Faults
    {
        get
        {
            lock (faults)
            {
                return [.. faults];
            }
        }
    }

    public void Watch(string queue) => queues.Add(queue);

    public IMessageDispatcher Counting(IMessageDispatcher dispatcher) => new CountingDispatcher(this, dispatcher);

    public void Sent() => Interlocked.Increment(ref underWay);

    /// <summary>Waits until every message was handled, and so was what came of it.</summary>
    public async Task Settle(TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience);
        while (Volatile.Read(ref underWay) > 0)
        {
            try
            {
                await changed.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"{underWay} messages were still under way after {patience}. A participant's step may be waiting for something real.", exception);
            }
        }
    }

    public void Dispose() => changed.Dispose();

    Task IReceiveObserver.PreReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostReceive(ReceiveContext context) => Handled(context);

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
    {
        lock (faults)
        {
            faults.Add(exception);
        }

        return Task.CompletedTask;
    }

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception) => Handled(context);

    // A message that goes to its dead-letter queue is reported twice.
    private Task Handled(ReceiveContext context)
    {
        if (handled.TryAdd(context, this))
        {
            Interlocked.Decrement(ref underWay);
            changed.Release();
        }

        return Task.CompletedTask;
    }

    private sealed class CountingDispatcher(Traffic traffic, IMessageDispatcher dispatcher) : IMessageDispatcher
    {
        public async Task Send(OutgoingMessage message, CancellationToken cancellationToken)
        {
            if (traffic.queues.Contains(message.Destination))
            {
                traffic.Sent();
            }

            await dispatcher.Send(message, cancellationToken);
        }
    }
}
