using System.Collections.Concurrent;
using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Senders;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>
/// Sends dead letters, on a connection of their own: should the broker refuse one, nobody else is on it. A refused one is sent once more
/// with our headers alone, so that it is a dead letter after one delivery, whatever it came with.
/// </summary>
internal sealed class DeadLetterSender(BusConnection settings, string service, MessageSenders senders) : IAsyncDisposable, IDisposable
{
    private const int MostAttempts = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ToBeBound = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, long> found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> missed = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim connecting = new(1, 1);
    private Link? link;

    /// <summary>The connection, for whoever reads what is to be sent here. Opened when there is none.</summary>
    public async Task<IConnection> Connection(CancellationToken cancellationToken) => (await Open(cancellationToken)).Connection;

    /// <summary>Ends when the broker has it in <c>queue.dead-letter</c>.</summary>
    public async Task Send(DeadLetter letter, CancellationToken cancellationToken)
    {
        var isBare = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Publish(letter, isBare, cancellationToken);
                return;
            }
            catch (Exception exception)
                when (exception is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException)
            {
                if (attempt == MostAttempts)
                {
                    throw new TimeoutException(
                        $"The broker did not take a dead letter for '{Queues.DeadLetterOf(letter.Queue)}'.",
                        exception
                    );
                }

                // What was merely on its way with a refused one is sent whole once more.
                isBare |= attempt > 1 && IsRefusal(exception);
                await Task.Delay(Pause * (attempt - 1), cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref link, null) is { } last)
        {
            await last.DisposeAsync();
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    // The broker closed the channel or the connection on account of what was sent, not because it ends or was lost. An exchange that is not
    // there is neither.
    private static bool IsRefusal(Exception exception) =>
        exception
            is OperationInterruptedException { ShutdownReason: { Initiator: ShutdownInitiator.Peer, ReplyCode: not (320 or 404 or 541) } };

    private async Task Publish(DeadLetter letter, bool isBare, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(BrokerLink.Patience);
        try
        {
            var open = await Open(timeout.Token);
            var queue = Queues.DeadLetterOf(letter.Queue);
            await Find(open.Connection, queue, timeout.Token);
            var frame = open.Connection.FrameMax;
            await open.Channel.BasicPublishAsync(
                Queues.ExchangeOf(queue),
                string.Empty,
                mandatory: true,
                isBare ? letter.Bare(frame, senders) : letter.Whole(frame, senders),
                letter.Body,
                timeout.Token
            );
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The broker did not confirm a dead letter in time.", exception);
        }
    }

    // Copies go to indexes, so the broker would not say that a letter found no queue when somebody has deleted it.
    private async Task Find(IConnection connection, string name, CancellationToken cancellationToken)
    {
        if (found.TryGetValue(name, out var at) && Stopwatch.GetElapsedTime(at) < Trusted)
        {
            return;
        }

        try
        {
            await using var asking = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await asking.ExchangeDeclarePassiveAsync(Queues.ExchangeOf(name), cancellationToken);
            await asking.QueueDeclarePassiveAsync(name, cancellationToken);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            missed[name] = Stopwatch.GetTimestamp();
            throw;
        }

        // Whoever makes them anew binds them last, and nobody can ask for a binding.
        if (missed.TryGetValue(name, out var gone) && Stopwatch.GetElapsedTime(gone) < ToBeBound)
        {
            throw new TimeoutException($"'{name}' was made anew a moment ago.");
        }

        found[name] = Stopwatch.GetTimestamp();
    }

    private async Task<Link> Open(CancellationToken cancellationToken)
    {
        if (link is { IsOpen: true } open)
        {
            return open;
        }

        await connecting.WaitAsync(cancellationToken);
        try
        {
            if (link is { IsOpen: true } opened)
            {
                return opened;
            }

            await DisposeAsync();
            var made = await Link.Open(settings, service, cancellationToken);
            link = made;
            return made;
        }
        finally
        {
            connecting.Release();
        }
    }

    // The channel tracks its confirms: a publish ends with the broker's word, or with an exception.
    private sealed class Link(IConnection connection, IChannel channel) : IAsyncDisposable
    {
        public IConnection Connection => connection;

        public IChannel Channel => channel;

        public bool IsOpen => channel.IsOpen && connection.IsOpen;

        public static async Task<Link> Open(BusConnection settings, string service, CancellationToken cancellationToken)
        {
            var connection = await BrokerLink.Open(settings, service + " (dead letters)", cancellationToken);
            try
            {
                return new Link(
                    connection,
                    await connection.CreateChannelAsync(
                        new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                        cancellationToken
                    )
                );
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await channel.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
