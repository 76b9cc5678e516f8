using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Telemetry;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.RabbitMq.Publishing;

/// <summary>
/// One connection with a channel in confirm mode. It counts what it publishes, as the broker does, to know whose confirm has come.
/// </summary>
internal sealed class PublisherLink : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly string? user;
    private readonly Dictionary<ulong, PendingMessage> unconfirmed = [];
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> found = new(StringComparer.Ordinal);
    private volatile string? blocked;
    private ulong published;
    private ulong lowest = 1;
    private bool isDraining;

    private PublisherLink(IConnection connection, IChannel channel, string? user)
    {
        this.connection = connection;
        this.channel = channel;
        this.user = user;
        channel.BasicAcksAsync += (_, ack) => Settle(ack.DeliveryTag, ack.Multiple, message => message.Confirm());
        channel.BasicNacksAsync += (_, nack) =>
            Settle(
                nack.DeliveryTag,
                nack.Multiple,
                message =>
                    message.Fail(
                        new BrokerUnavailableException("The broker did not take the message; its queue may be full or without a leader.")
                    )
            );
        channel.ChannelShutdownAsync += (_, shutdown) =>
        {
            FailAll(new BrokerUnavailableException($"The broker closed the channel: {shutdown.ReplyText}"));
            return Task.CompletedTask;
        };
        connection.ConnectionBlockedAsync += (_, alarm) => Note(alarm.Reason);
        connection.ConnectionUnblockedAsync += (_, _) => Note(null);
    }

    public bool IsOpen => channel.IsOpen;

    /// <summary>Why the broker takes nothing from this connection for the moment; null when it does.</summary>
    public string? Blocked => blocked;

    public static async Task<PublisherLink> Open(ConnectionFactory factory, BusConnection settings, string? user)
    {
        var opened = await BrokerAccess.Connect(factory, settings, CancellationToken.None);
        try
        {
            return new PublisherLink(
                opened,
                await opened.CreateChannelAsync(
                    new CreateChannelOptions(
                        publisherConfirmationsEnabled: true,
                        publisherConfirmationTrackingEnabled: false,
                        outstandingPublisherConfirmationsRateLimiter: null
                    )
                ),
                user
            );
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public async Task Publish(PendingMessage pending, TimeSpan patience)
    {
        var message = pending.Message;
        if (!found.Contains(message.Destination))
        {
            using var timeout = new CancellationTokenSource(patience);
            await Find(message.Destination, timeout.Token);
        }

        lock (unconfirmed)
        {
            unconfirmed.Add(++published, pending);
        }

        RabbitMqMetrics.Unconfirmed.Add(1);
        var writing = channel.BasicPublishAsync(
            message.Destination,
            string.Empty,
            mandatory: false,
            MessageProperties.Of(pending.Message, user, pending.TraceParent),
            message.Body
        );
        if (!writing.IsCompletedSuccessfully)
        {
            // Nearly always it is over at once, and a timer for each message would cost more than it.
            await writing.AsTask().WaitAsync(patience);
        }

        CrashPoint.Pass(CrashPoint.MessagePublished);

        if (!channel.IsOpen)
        {
            // It may have closed before this message was noted.
            FailAll(new BrokerUnavailableException("The broker closed the channel."));
        }
    }

    /// <summary>Fails those whose confirm is overdue.</summary>
    public void FailOverdue() =>
        Remove(
            message => message.IsGivenUp,
            new BrokerUnavailableException(
                $"The broker did not confirm the message within {PendingMessage.Patience.TotalSeconds:0} seconds."
            )
        );

    /// <summary>Waits for the confirms that are on their way. Nothing is published any more.</summary>
    public async Task Drain(TimeSpan patience)
    {
        lock (unconfirmed)
        {
            isDraining = true;
            TellWhenDrained();
        }

        await Task.WhenAny(drained.Task, Task.Delay(patience));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.CloseAsync(TimeSpan.FromSeconds(2));
        }
        catch (Exception exception)
            when (exception is RabbitMQClientException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It is gone either way.
        }

        FailAll(new BrokerUnavailableException("The connection to the broker was lost."));
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    // On a channel of its own, because a refusal closes the channel, and the confirms that are on their way would be lost with it.
    private async Task Find(string exchange, CancellationToken cancellationToken)
    {
        try
        {
            await using var asking = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await asking.ExchangeDeclarePassiveAsync(exchange, cancellationToken);
            // Whether it may be written to, the broker looks at before it refuses this message for its expiration.
            var refused = new BasicProperties { Expiration = "none" };
            await asking.BasicPublishAsync(
                exchange,
                string.Empty,
                mandatory: false,
                refused,
                ReadOnlyMemory<byte>.Empty,
                cancellationToken
            );
            await asking.ExchangeDeclarePassiveAsync(exchange, cancellationToken);
            found.Add(exchange);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.PreconditionFailed)
        {
            found.Add(exchange);
        }
        catch (OperationInterruptedException exception) when (connection.IsOpen)
        {
            throw new ExchangeUnavailableException($"The exchange '{exchange}' cannot be used: {exception.Message}", exception);
        }
    }

    private Task Note(string? reason)
    {
        blocked = reason;
        return Task.CompletedTask;
    }

    private Task Settle(ulong tag, bool multiple, Action<PendingMessage> how)
    {
        var settled = new List<PendingMessage>();
        lock (unconfirmed)
        {
            for (var next = multiple ? lowest : tag; next <= tag; next++)
            {
                if (unconfirmed.Remove(next, out var message))
                {
                    settled.Add(message);
                }
            }

            lowest = multiple ? Math.Max(lowest, tag + 1) : lowest;
        }

        Tell(settled, how);
        return Task.CompletedTask;
    }

    private void FailAll(Exception exception) => Remove(_ => true, exception);

    private void Remove(Predicate<PendingMessage> which, Exception exception)
    {
        var lost = new List<PendingMessage>();
        lock (unconfirmed)
        {
            foreach (var (tag, message) in unconfirmed.Where(waiting => which(waiting.Value)).ToList())
            {
                unconfirmed.Remove(tag);
                lost.Add(message);
            }
        }

        Tell(lost, message => message.Fail(exception));
    }

    private void Tell(List<PendingMessage> settled, Action<PendingMessage> how)
    {
        RabbitMqMetrics.Unconfirmed.Add(-settled.Count);
        settled.ForEach(how);
        lock (unconfirmed)
        {
            TellWhenDrained();
        }
    }

    private void TellWhenDrained()
    {
        if (isDraining && unconfirmed.Count == 0)
        {
            drained.TrySetResult();
        }
    }
}
