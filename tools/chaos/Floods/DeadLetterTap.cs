using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Takes the dead letters out of their queues as they come.</summary>
internal sealed class DeadLetterTap
{
    private readonly ConcurrentQueue<TappedLetter> letters = new();

    public IReadOnlyCollection<TappedLetter> All => letters;

    /// <summary>Begins to take them out, until the connection is closed.</summary>
    public async Task Open(IConnection connection, IEnumerable<string> services, CancellationToken cancellationToken)
    {
        foreach (var queue in services.Select(Queues.DeadLetterOf).Append(Queues.Unrouted))
        {
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await channel.BasicQosAsync(0, 200, global: false, cancellationToken);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += async (_, delivery) =>
            {
                letters.Enqueue(
                    new TappedLetter(
                        queue,
                        Guid.TryParse(Text(delivery, FloodSender.Mark), out var id) ? id : null,
                        Text(delivery, SagaHeaders.DeadLetterReason),
                        Encoding.UTF8.GetString(delivery.Body.Span)
                    )
                );
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
            };
            await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);
        }
    }

    private static string? Text(BasicDeliverEventArgs delivery, string header) =>
        delivery.BasicProperties.Headers?.TryGetValue(header, out var value) == true
            ? value is byte[] bytes
                ? Encoding.UTF8.GetString(bytes)
                : value?.ToString()
            : null;
}

/// <summary>One of them.</summary>
/// <param name="Queue">Where it was.</param>
/// <param name="Message">Which message of a flood it is; null when it is none.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="Body">What it says.</param>
internal sealed record TappedLetter(string Queue, Guid? Message, string? Reason, string Body);
