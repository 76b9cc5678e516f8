using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Telemetry;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.RabbitMq.Publishing;

/// <summary>
/// Sends on a connection of its own: one task writes message after message without waiting for the confirms, which come in whatever order
/// they come. When the connection is lost, everything unconfirmed fails, so that it stays in the outbox; the next message reconnects.
/// </summary>
public sealed class RabbitMqPublisher : IMessageDispatcher, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(5);

    private readonly ConnectionFactory factory;
    private readonly BusConnection connection;
    private readonly string? user;
    private readonly int largest;
    private readonly ILogger log;
    private readonly Channel<IReadOnlyList<PendingMessage>> queue = Channel.CreateUnbounded<IReadOnlyList<PendingMessage>>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    private readonly CancellationTokenSource closing = new();
    private readonly Task publishing;
    private readonly Task watching;
    private volatile PublisherLink? link;
    private TimeSpan pause;
    private long nextAttempt;

    /// <summary>A publisher, which connects when it is first used.</summary>
    /// <param name="connection">Where the broker is. Every message names its user as the sender.</param>
    /// <param name="service">The service's name, for the management console.</param>
    /// <param name="log">Where a lost connection is logged.</param>
    public RabbitMqPublisher(BusConnection connection, string service, ILogger log)
    {
        (this.connection, this.log) = (connection, log);
        largest = connection.LargestMessage;
        user = string.IsNullOrEmpty(connection.Username) ? null : connection.Username;
        factory = new ConnectionFactory
        {
            VirtualHost = connection.VirtualHost,
            ClientProvidedName = service + " (sends)",
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            RequestedConnectionTimeout = WriteTimeout,
            ContinuationTimeout = WriteTimeout,
            SocketFactory = GatheringSocket.Of,
        };
        publishing = Task.Run(Publish);
        watching = Task.Run(WatchConfirms);
    }

    /// <summary>Why the broker takes nothing for the moment, in its own words; null when it does, or when there is no connection.</summary>
    public string? Blocked => link?.Blocked;

    /// <summary>Whether there is a connection.</summary>
    public bool IsConnected => link is { IsOpen: true };

    /// <inheritdoc/>
    public Task Send(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue([Pending(message, (_, failure) => Settle(confirmed, failure), cancellationToken)]);
        return confirmed.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Send(IReadOnlyList<OutgoingMessage> messages, Action<OutgoingMessage, Exception?> settled)
    {
        var pending = new PendingMessage[messages.Count];
        for (var index = 0; index < pending.Length; index++)
        {
            pending[index] = Pending(messages[index], settled, CancellationToken.None);
        }

        Enqueue(pending);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (queue.Writer.TryComplete())
        {
            await publishing;
            await closing.CancelAsync();
            await watching;
            closing.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static PendingMessage Pending(
        OutgoingMessage message,
        Action<OutgoingMessage, Exception?> settled,
        CancellationToken cancellationToken
    ) => new(message, SendSpan.Start(message), settled, cancellationToken);

    private static void Settle(TaskCompletionSource confirmed, Exception? failure)
    {
        if (failure is null)
        {
            confirmed.TrySetResult();
        }
        else
        {
            confirmed.TrySetException(failure);
        }
    }

    private void Enqueue(IReadOnlyList<PendingMessage> pending)
    {
        if (!queue.Writer.TryWrite(pending))
        {
            foreach (var message in pending)
            {
                message.Fail(new ObjectDisposedException(nameof(RabbitMqPublisher)));
            }
        }
    }

    private async Task Publish()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            while (queue.Reader.TryRead(out var messages))
            {
                foreach (var message in messages)
                {
                    await Publish(message);
                }
            }
        }

        if (link is { } last)
        {
            await last.Drain(WriteTimeout);
            await last.DisposeAsync();
        }
    }

    private async Task Publish(PendingMessage message)
    {
        if (message.IsGivenUp)
        {
            message.Fail(new BrokerUnavailableException("The message waited too long to be sent."));
            return;
        }

        if (message.Message.Body.Length > largest)
        {
            message.Fail(new MessageTooLargeException(message.Message.Body.Length, largest));
            return;
        }

        try
        {
            link = link is { IsOpen: true } open ? open : await Connect(link);
            await link.Publish(message, WriteTimeout);
        }
        catch (Exception exception)
        {
            message.Fail(exception);
            if (link is { } broken && exception is not ExchangeUnavailableException)
            {
                link = null;
                await broken.DisposeAsync();
            }
        }
    }

    private async Task WatchConfirms()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(closing.Token))
            {
                link?.FailOverdue();
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing is left to be confirmed.
        }
    }

    private async Task<PublisherLink> Connect(PublisherLink? broken)
    {
        if (broken is not null)
        {
            await broken.DisposeAsync();
        }

        if (Environment.TickCount64 < nextAttempt)
        {
            throw new BrokerUnavailableException("The broker could not be reached a moment ago.");
        }

        try
        {
            var opened = await PublisherLink.Open(factory, connection, user);
            pause = TimeSpan.Zero;
            return opened;
        }
        catch (Exception exception)
        {
            pause = TimeSpan.FromTicks(Math.Clamp(pause.Ticks * 2, FirstPause.Ticks, LongestPause.Ticks));
            nextAttempt = Environment.TickCount64 + (long)(pause.TotalMilliseconds * (0.5 + (Random.Shared.NextDouble() / 2)));
            RabbitMqLog.NotConnected(log, exception, string.Join(", ", connection.Nodes().Select(node => $"{node.Host}:{node.Port}")));
            throw new BrokerUnavailableException("The broker cannot be reached.", exception);
        }
    }
}
