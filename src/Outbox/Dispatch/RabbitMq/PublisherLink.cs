using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Telemetry;

namespace SagaOrchestrator.Outbox.Dispatch.RabbitMq;

/// <summary>One connection with a channel in confirm mode. It counts what it publishes, as the broker does, to know whose confirm has come.</summary>
internal sealed class PublisherLink : IAsyncDisposable
{
    // Where MassTransit's consumers look for the span that sent a message.
    private const string MassTransitTraceParent = "MT-Activity-Id";

    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly string? user;
    private readonly Dictionary<ulong, PendingMessage> unconfirmed = [];
    private readonly HashSet<string> declared = new(StringComparer.Ordinal);
    private ulong published;
    private ulong lowest = 1;

    private PublisherLink(IConnection connection, IChannel channel, string? user)
    {
        this.connection = connection;
        this.channel = channel;
        this.user = user;
        channel.BasicAcksAsync += (_, ack) => Settle(ack.DeliveryTag, ack.Multiple, message => message.Confirm());
        channel.BasicNacksAsync += (_, nack) => Settle(
            nack.DeliveryTag, nack.Multiple, message => message.Fail(new BrokerUnavailableException("The broker did not take the message; its queue may be full or without a leader.")));
        channel.ChannelShutdownAsync += (_, shutdown) => FailAll(new BrokerUnavailableException($"The broker closed the channel: {shutdown.ReplyText}"));
    }

    public bool IsOpen => channel.IsOpen;

    public static async Task<PublisherLink> Open(ConnectionFactory factory, string? user)
    {
        var opened = await factory.CreateConnectionAsync();
        try
        {
            return new PublisherLink(
                opened,
                await opened.CreateChannelAsync(new CreateChannelOptions(
                    publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false, outstandingPublisherConfirmationsRateLimiter: null)),
                user);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public async Task Publish(PendingMessage pending, CancellationToken cancellationToken)
    {
        var message = pending.Message;
        if (!declared.Contains(message.Destination))
        {
            await Declare(message.Destination, cancellationToken);
        }

        lock (unconfirmed)
        {
            unconfirmed.Add(++published, pending);
        }

        OutboxMetrics.Unconfirmed.Add(1);
        await channel.BasicPublishAsync(message.Destination, string.Empty, mandatory: false, Properties(pending), message.Body, cancellationToken);
        if (!channel.IsOpen)
        {
            // It may have closed before this message was noted.
            await FailAll(new BrokerUnavailableException("The broker closed the channel."));
        }
    }

    /// <summary>Waits for the confirms that are on their way.</summary>
    public async Task Drain(TimeSpan patience)
    {
        Task[] waiting;
        lock (unconfirmed)
        {
            waiting = [.. unconfirmed.Values.Select(message => message.Confirmed)];
        }

        await Task.WhenAny(Task.WhenAll(waiting), Task.Delay(patience));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.CloseAsync(TimeSpan.FromSeconds(2));
        }
        catch (Exception exception) when (exception is RabbitMQClientException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It is gone either way.
        }

        await FailAll(new BrokerUnavailableException("The connection to the broker was lost."));
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    // On a channel of its own, because a refusal closes the channel, and the confirms that are on their way would be lost with it.
    private async Task Declare(string exchange, CancellationToken cancellationToken)
    {
        try
        {
            await using var declaring = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await declaring.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
            declared.Add(exchange);
        }
        catch (OperationInterruptedException exception) when (connection.IsOpen)
        {
            throw new ExchangeUnavailableException($"The exchange '{exchange}' cannot be used: {exception.Message}", exception);
        }
    }

    private BasicProperties Properties(PendingMessage pending)
    {
        var message = pending.Message;
        var headers = new Dictionary<string, object?>(message.Headers.Count, StringComparer.Ordinal);
        foreach (var (name, value) in message.Headers)
        {
            headers.Add(name, value);
        }

        if ((pending.TraceParent ?? message.Headers.GetValueOrDefault(SagaHeaders.TraceParent)) is { } traceParent)
        {
            headers[SagaHeaders.TraceParent] = traceParent;
            headers[MassTransitTraceParent] = traceParent;
        }

        var basic = new BasicProperties
        {
            MessageId = message.MessageId.ToString(), ContentType = message.ContentType, DeliveryMode = DeliveryModes.Persistent, Headers = headers,
        };
        if (user is not null)
        {
            basic.UserId = user;
        }

        return basic;
    }

    private Task Settle(ulong tag, bool multiple, Action<PendingMessage> how)
    {
        var settled = 0;
        lock (unconfirmed)
        {
            for (var next = multiple ? lowest : tag; next <= tag; next++)
            {
                if (unconfirmed.Remove(next, out var message))
                {
                    how(message);
                    settled++;
                }
            }

            lowest = multiple ? Math.Max(lowest, tag + 1) : lowest;
        }

        OutboxMetrics.Unconfirmed.Add(-settled);
        return Task.CompletedTask;
    }

    private Task FailAll(Exception exception)
    {
        PendingMessage[] lost;
        lock (unconfirmed)
        {
            lost = [.. unconfirmed.Values];
            unconfirmed.Clear();
        }

        OutboxMetrics.Unconfirmed.Add(-lost.Length);
        Array.ForEach(lost, message => message.Fail(exception));
        return Task.CompletedTask;
    }
}

/// <summary>The broker cannot be reached, or did not take a message.</summary>
internal sealed class BrokerUnavailableException : Exception
{
    public BrokerUnavailableException(string message)
        : base(message)
    {
    }

    public BrokerUnavailableException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

/// <summary>A destination cannot be used; others can.</summary>
internal sealed class ExchangeUnavailableException(string message, Exception cause) : Exception(message, cause);
