using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Endpoints;
using SagaOrchestrator.Outbox.Telemetry;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.Dispatch.RabbitMq;

/// <summary>
/// Sends on a connection of its own: one task writes message after message without waiting for the confirms, which come in whatever order
/// they come. When the connection is lost, everything unconfirmed fails, so that it stays in the outbox; the next message connects anew.
/// </summary>
public sealed class RabbitMqPublisher : IMessageDispatcher, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(5);

    private readonly ConnectionFactory factory;
    private readonly string? user;
    private readonly ILogger log;
    private readonly Channel<PendingMessage> queue = Channel.CreateUnbounded<PendingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task publishing;
    private TimeSpan pause;
    private DateTimeOffset nextAttempt;

    /// <summary>A publisher, which connects when it is first used.</summary>
    /// <param name="connection">Where the broker is. Every message names its user as the sender.</param>
    /// <param name="service">The service's name, for the management console.</param>
    /// <param name="log">Where a lost connection is logged.</param>
    public RabbitMqPublisher(BusConnection connection, string service, ILogger log)
    {
        this.log = log;
        user = string.IsNullOrEmpty(connection.Username) ? null : connection.Username;
        factory = new ConnectionFactory
        {
            HostName = connection.Host, Port = connection.Port, VirtualHost = connection.VirtualHost,
            UserName = connection.Username, Password = connection.Password, ClientProvidedName = service + " (sends)",
            AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(10), RequestedConnectionTimeout = WriteTimeout, ContinuationTimeout = WriteTimeout,
        };
        publishing = Task.Run(Publish);
    }

    /// <inheritdoc/>
    public Task Send(OutgoingMessage message, CancellationToken cancellationToken) =>
        OutboxTelemetry.Source.HasListeners() ? SendTraced(message, cancellationToken) : Enqueue(new PendingMessage(message, traceParent: null, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await publishing;
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task SendTraced(OutgoingMessage message, CancellationToken cancellationToken)
    {
        // Under the trace that the message was written in, which a sweeper is not part of.
        message.Headers.TryGetValue(SagaHeaders.TraceParent, out var parent);
        using var activity = OutboxTelemetry.Source.StartActivity(message.Destination + " send", ActivityKind.Producer, parent);
        await Enqueue(new PendingMessage(message, activity?.Id ?? parent, cancellationToken), cancellationToken);
    }

    private Task Enqueue(PendingMessage pending, CancellationToken cancellationToken)
    {
        if (!queue.Writer.TryWrite(pending))
        {
            pending.Fail(new ObjectDisposedException(nameof(RabbitMqPublisher)));
        }

        return pending.Confirmed.WaitAsync(cancellationToken);
    }

    private async Task Publish()
    {
        PublisherLink? link = null;
        while (await queue.Reader.WaitToReadAsync())
        {
            while (queue.Reader.TryRead(out var message))
            {
                if (message.IsGivenUp)
                {
                    continue;
                }

                try
                {
                    link = link is { IsOpen: true } ? link : await Connect(link);
                    using var timeout = new CancellationTokenSource(WriteTimeout);
                    await link.Publish(message, timeout.Token);
                }
                catch (Exception exception)
                {
                    message.Fail(exception);
                    if (link is not null && exception is not ExchangeUnavailableException)
                    {
                        await link.DisposeAsync();
                        link = null;
                    }
                }
            }
        }

        if (link is not null)
        {
            await link.Drain(WriteTimeout);
            await link.DisposeAsync();
        }
    }

    private async Task<PublisherLink> Connect(PublisherLink? broken)
    {
        if (broken is not null)
        {
            await broken.DisposeAsync();
        }

        if (DateTimeOffset.UtcNow < nextAttempt)
        {
            throw new BrokerUnavailableException("The broker could not be reached a moment ago.");
        }

        try
        {
            var link = await PublisherLink.Open(factory, user);
            pause = TimeSpan.Zero;
            return link;
        }
        catch (Exception exception)
        {
            pause = TimeSpan.FromTicks(Math.Clamp(pause.Ticks * 2, FirstPause.Ticks, LongestPause.Ticks));
            nextAttempt = DateTimeOffset.UtcNow + (pause * (0.5 + (Random.Shared.NextDouble() / 2)));
            OutboxLog.NotConnected(log, exception, factory.HostName, factory.Port);
            throw new BrokerUnavailableException("The broker cannot be reached.", exception);
        }
    }
}

/// <summary>A message that waits for its confirm.</summary>
internal sealed class PendingMessage(OutgoingMessage message, string? traceParent, CancellationToken patience)
{
    private readonly TaskCompletionSource confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OutgoingMessage Message => message;

    /// <summary>The span that the receiver's belongs under; null for the one in the message's headers.</summary>
    public string? TraceParent => traceParent;

    /// <summary>Whether its sender has given up; it is in the outbox, and the sweeper's now.</summary>
    public bool IsGivenUp => patience.IsCancellationRequested;

    public Task Confirmed => confirmed.Task;

    public void Confirm() => confirmed.TrySetResult();

    public void Fail(Exception exception) => confirmed.TrySetException(exception);
}
