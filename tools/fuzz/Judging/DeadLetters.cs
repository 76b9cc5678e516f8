using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Fuzz.Generating;
using SagaOrchestrator.Fuzz.Sending;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Fuzz.Judging;

/// <summary>Takes the dead letters out of their queues as they come.</summary>
internal sealed class DeadLetters : IAsyncDisposable
{
    private readonly ConcurrentQueue<DeadLetter> letters = new();
    private IConnection? connection;

    public IReadOnlyCollection<DeadLetter> All => letters;

    public async Task Start(int port, CancellationToken cancellationToken)
    {
        connection = await MessageSender.Factory(port, "admin").CreateConnectionAsync(cancellationToken);
        foreach (var queue in MessageDraw.Queues.Select(Queues.DeadLetterOf).Append(Queues.Unrouted))
        {
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await channel.BasicQosAsync(0, 200, global: false, cancellationToken);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += async (_, delivery) =>
            {
                letters.Enqueue(DeadLetter.Of(queue, delivery));
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
            };
            await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }
}

/// <summary>One of them.</summary>
internal sealed record DeadLetter(string Queue, int? Number, string? Reason, string Hash)
{
    public static DeadLetter Of(string queue, BasicDeliverEventArgs delivery) =>
        new(
            queue,
            int.TryParse(Text(delivery, HostileMessage.Mark), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null,
            Text(delivery, SagaHeaders.DeadLetterReason),
            HashOf(delivery.Body.Span)
        );

    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexString(SHA256.HashData(body));

    private static string? Text(BasicDeliverEventArgs delivery, string header) =>
        delivery.BasicProperties.Headers?.TryGetValue(header, out var value) == true
            ? value switch
            {
                byte[] bytes => Encoding.UTF8.GetString(bytes),
                null => null,
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            }
            : null;
}
