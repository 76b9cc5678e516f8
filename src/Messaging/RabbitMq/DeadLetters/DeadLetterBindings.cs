using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Telemetry;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>
/// Has copies of dead letters sent to the queue of an index: binds it to each dead-letter exchange that there is, again and again, because
/// an exchange may come later, or be made anew.
/// </summary>
/// <param name="queues">The queues whose dead letters are indexed.</param>
/// <param name="log">Where it is said which exchanges are missing.</param>
internal sealed class DeadLetterBindings(IReadOnlyList<string> queues, ILogger log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private string told = string.Empty;

    /// <summary>Makes the queue, unless it is there.</summary>
    public static Task Declare(IChannel channel, string index, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(
            index,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: cancellationToken
        );

    /// <summary>Binds it now, and every minute until it is told to end, or the connection is lost.</summary>
    public async Task Keep(IConnection connection, string index, CancellationToken cancellationToken)
    {
        while (connection.IsOpen && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Bind(connection, index, cancellationToken);
            }
            catch (Exception exception) when (exception is RabbitMQClientException or TimeoutException)
            {
                // The next turn binds it, on this connection or on the next.
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }

    private async Task Bind(IConnection connection, string index, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var exchange in queues.Select(Queues.DeadLetterOf))
        {
            if (!await TryBind(connection, exchange, index, cancellationToken))
            {
                missing.Add(exchange);
            }
        }

        var names = string.Join(", ", missing);
        if (names.Length > 0 && names != told)
        {
            RabbitMqLog.ExchangesMissing(log, names);
        }

        told = names;
    }

    // Whoever asks for what is not there loses the channel.
    private static async Task<bool> TryBind(IConnection connection, string exchange, string index, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.ExchangeDeclarePassiveAsync(exchange, cancellationToken);
            await channel.QueueBindAsync(index, exchange, string.Empty, cancellationToken: cancellationToken);
            return true;
        }
        catch (OperationInterruptedException exception)
            when (exception.ShutdownReason?.ReplyCode is Constants.NotFound or Constants.AccessRefused)
        {
            return false;
        }
    }
}
