using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Telemetry;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>
/// Reads copies of dead letters into an index, in batches, each acknowledged once it is kept. While the index or this service is away, they
/// wait in their queue.
/// </summary>
internal sealed class DeadLetterIndexReader(
    BusConnection settings,
    string service,
    IDeadLetterIndex index,
    ILogger<DeadLetterIndexReader> log
) : BackgroundService
{
    private const int Batch = 100;
    private const int BatchBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly string name = Queues.DeadLetterIndexOf(service);
    private bool isBlind;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The process's start does not wait for this.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Read(stoppingToken);
            }
            catch (Exception exception) when (IsBroker(exception) || exception is OperationCanceledException)
            {
                if (!stoppingToken.IsCancellationRequested)
                {
                    Tell(exception);
                }
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsBroker(Exception exception) =>
        exception is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException or ChannelClosedException;

    // Ends when the channel does.
    private async Task Read(CancellationToken stoppingToken)
    {
        await using var connection = await BrokerLink.Open(settings, service + " (dead-letter index)", stoppingToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
        await Keep(channel, await Consume(channel, stoppingToken), stoppingToken);
    }

    private async Task<ChannelReader<Copy>> Consume(IChannel channel, CancellationToken stoppingToken)
    {
        var copies = System.Threading.Channels.Channel.CreateUnbounded<Copy>(new UnboundedChannelOptions { SingleReader = true });
        Task End()
        {
            copies.Writer.TryComplete();
            return Task.CompletedTask;
        }

        channel.ChannelShutdownAsync += (_, _) => End();
        await channel.BasicQosAsync(0, 2 * Batch, global: false, stoppingToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) => End();
        consumer.ReceivedAsync += (_, delivery) =>
        {
            copies.Writer.TryWrite(new Copy(delivery.DeliveryTag, LetterOf(delivery)));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(name, autoAck: false, consumer, stoppingToken);
        return copies.Reader;
    }

    // The exchange says whose dead letter it is. What somebody sent here otherwise is no letter.
    private static DeadLetterCopy? LetterOf(BasicDeliverEventArgs delivery)
    {
        var ending = Queues.DeadLetterOf(string.Empty);
        return Queues.BehindExchange(delivery.Exchange) is { } queue && queue.EndsWith(ending, StringComparison.Ordinal)
            ? LetterIdentity.Copy(delivery.BasicProperties, queue[..^ending.Length], delivery.Body.ToArray())
            : null;
    }

    private async Task Keep(IChannel channel, ChannelReader<Copy> copies, CancellationToken stoppingToken)
    {
        while (await copies.WaitToReadAsync(stoppingToken))
        {
            var batch = new List<Copy>();
            var bytes = 0;
            while (batch.Count < Batch && bytes < BatchBytes && copies.TryRead(out var next))
            {
                batch.Add(next);
                bytes += next.Letter?.Body.Length ?? 0;
            }

            await Keep(channel, [.. batch.Select(copy => copy.Letter).OfType<DeadLetterCopy>()], stoppingToken);
            await channel.BasicAckAsync(batch[^1].Tag, multiple: true, stoppingToken);
        }
    }

    private async Task Keep(IChannel channel, IReadOnlyList<DeadLetterCopy> letters, CancellationToken stoppingToken)
    {
        while (channel.IsOpen)
        {
            try
            {
                await index.Keep(letters, stoppingToken);
                isBlind = false;
                return;
            }
            catch (Exception exception) when (Transient.Is(exception) && !stoppingToken.IsCancellationRequested)
            {
                Tell(exception);
                await Task.Delay(Pause, stoppingToken);
            }
#pragma warning disable CA1031 // One that cannot be kept must not hold up the others.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (letters.Count == 1)
                {
                    RabbitMqLog.LetterNotKept(log, letters[0].Id, letters[0].Queue, exception.GetBaseException().GetType().Name);
                    return;
                }

                foreach (var letter in letters)
                {
                    await Keep(channel, [letter], stoppingToken);
                }

                return;
            }
        }
    }

    // Once, until letters are kept again.
    private void Tell(Exception exception)
    {
        if (!isBlind)
        {
            isBlind = true;
            RabbitMqLog.IndexNotRead(log, name, exception.GetBaseException().GetType().Name);
        }
    }

    private sealed record Copy(ulong Tag, DeadLetterCopy? Letter);
}
