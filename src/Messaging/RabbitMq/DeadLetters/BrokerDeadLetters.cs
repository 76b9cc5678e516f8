using System.Collections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;
using SagaOrchestrator.Messaging.RabbitMq.Telemetry;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>
/// Gives our reason to what the broker itself takes off a queue (rule S41): after too many deliveries, when somebody rejects it in the
/// console, when it has expired, or does not fit. The queue's policy sends those to <c>queue.dead-letter.incoming</c>, and they wait
/// there while the service is down.
/// </summary>
internal sealed class BrokerDeadLetters(string queue, DeadLetterSender sender, ILogger<BrokerDeadLetters> log) : BackgroundService
{
    private const ushort Prefetch = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Our word, and a sentence, for what the broker calls <paramref name="reason"/>.</summary>
    public static (string Reason, string Sentence) Explain(string? reason, string queue) =>
        reason switch
        {
            "delivery_limit" => (
                DeadLetterReason.DeliveryLimit,
                $"The message was given back to queue '{queue}' as often as its policy allows. See the log for what stopped its handling, "
                    + $"and move it back when that is mended."
            ),
            "rejected" => (
                DeadLetterReason.Rejected,
                $"Somebody took the message from queue '{queue}' and rejected it without requeue, for example in the console. Move it "
                    + $"back if that was a mistake."
            ),
            "expired" => (
                DeadLetterReason.Expired,
                $"The message was in queue '{queue}' longer than its expiration, or the queue's message-ttl, allows. Move it back if it "
                    + $"is still wanted."
            ),
            "maxlen" => (
                DeadLetterReason.Overflow,
                $"Queue '{queue}' held more messages or bytes than its policy allows. Move the message back when there is room."
            ),
            _ => (
                DeadLetterReason.Rejected,
                $"The broker took the message off queue '{queue}' and does not say why. Look into the header x-death, and move it back if "
                    + $"that was a mistake."
            ),
        };

    /// <summary>Why the broker moved it last, by the headers that it has put on it.</summary>
    public static string? ReasonOf(IReadOnlyBasicProperties properties, string queue)
    {
        var headers = properties.Headers ?? new Dictionary<string, object?>();
        // The last one is the first of the list.
        if (headers.TryGetValue("x-death", out var deaths) && deaths is IList list)
        {
            foreach (var death in list.OfType<IDictionary<string, object?>>())
            {
                if (HeaderText.Of(death, "queue") == queue)
                {
                    return HeaderText.Of(death, "reason");
                }
            }
        }

        return HeaderText.Of(headers, "x-first-death-reason");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Read(stoppingToken);
            }
            catch (Exception exception)
                when (!stoppingToken.IsCancellationRequested
                    && exception
                        is RabbitMQClientException
                            or IOException
                            or TimeoutException
                            or ObjectDisposedException
                            or OperationCanceledException
                )
            {
                RabbitMqLog.IncomingNotRead(log, Queues.IncomingDeadLetterOf(queue), exception.GetBaseException().GetType().Name);
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Ends when the channel does.
    private async Task Read(CancellationToken stoppingToken)
    {
        var connection = await sender.Connection(stoppingToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        await channel.BasicQosAsync(0, Prefetch, global: false, stoppingToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => Move(channel, delivery, stoppingToken);
        await channel.BasicConsumeAsync(Queues.IncomingDeadLetterOf(queue), autoAck: false, consumer, stoppingToken);
        await ended.Task.WaitAsync(stoppingToken);
    }

    private async Task Move(IChannel channel, BasicDeliverEventArgs delivery, CancellationToken stoppingToken)
    {
        var (reason, sentence) = Explain(ReasonOf(delivery.BasicProperties, queue), queue);
        var letter = new DeadLetter(
            queue,
            delivery.BasicProperties,
            delivery.Body.ToArray(),
            DeadLetterHeaders.Of(queue, reason, sentence, DateTime.UtcNow)
        );
        // It stays unacknowledged until the broker has it in the other queue; when that takes its time, the others wait behind it.
        while (!stoppingToken.IsCancellationRequested && channel.IsOpen)
        {
            try
            {
                await sender.Send(letter, stoppingToken);
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, stoppingToken);
                RabbitMqLog.DeadLetteredByBroker(log, queue, reason);
                return;
            }
            catch (Exception exception) when (exception is TimeoutException or RabbitMQClientException or ObjectDisposedException)
            {
                RabbitMqLog.IncomingNotRead(log, Queues.IncomingDeadLetterOf(queue), exception.GetBaseException().GetType().Name);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
