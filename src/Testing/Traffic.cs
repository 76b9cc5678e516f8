using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Testing;

/// <summary>Counts what is under way, sendings and messages in queues, so that a test can wait until there is nothing.</summary>
internal sealed class Traffic : IReceiveObserver, ISendObserver, IDisposable
{
    private readonly HashSet<string> queues = new(StringComparer.Ordinal);
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

    /// <summary>Counts the messages of a queue that has a reader, and those that are sent to the exchange in front of it.</summary>
    public void Watch(string queue)
    {
        queues.Add(queue);
        queues.Add(Queues.ExchangeOf(queue));
    }

    /// <summary>Counts a sending from the moment that it is asked for: it may not be on the bus yet when its commit is over.</summary>
    public IMessageDispatcher Counting(IMessageDispatcher dispatcher) => new CountingDispatcher(this, dispatcher);

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
                throw new TimeoutException(
                    $"{underWay} messages were still under way after {patience}. A participant's step may be waiting for something real.",
                    exception
                );
            }
        }
    }

    public void Dispose() => changed.Dispose();

    Task ISendObserver.PreSend<T>(SendContext<T> context)
    {
        if (IsWatched(context.DestinationAddress))
        {
            Begin();
        }

        return Task.CompletedTask;
    }

    Task ISendObserver.PostSend<T>(SendContext<T> context) => Task.CompletedTask;

    Task ISendObserver.SendFault<T>(SendContext<T> context, Exception exception)
    {
        if (IsWatched(context.DestinationAddress))
        {
            End();
        }

        return Task.CompletedTask;
    }

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
        if (IsWatched(context.InputAddress) && handled.TryAdd(context, this))
        {
            End();
        }

        return Task.CompletedTask;
    }

    private bool IsWatched(Uri? address) =>
        address is not null && queues.Contains(Uri.UnescapeDataString(address.AbsolutePath.Split('/')[^1]));

    private void Begin() => Interlocked.Increment(ref underWay);

    private void End()
    {
        Interlocked.Decrement(ref underWay);
        changed.Release();
    }

    private sealed class CountingDispatcher(Traffic traffic, IMessageDispatcher dispatcher) : IMessageDispatcher
    {
        public async Task Send(OutgoingMessage message, CancellationToken cancellationToken)
        {
            traffic.Begin();
            try
            {
                await dispatcher.Send(message, cancellationToken);
            }
            finally
            {
                traffic.End();
            }
        }
    }
}
