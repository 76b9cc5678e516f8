using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace SagaOrchestrator.Messaging.RabbitMq.Consuming;

/// <summary>
/// Ends the deliveries of a channel that is gone. RabbitMQ's client waits for each of them before it tells others that the connection is
/// gone, so one that never ends keeps MassTransit on a dead connection for good.
/// </summary>
internal sealed class LostChannel(IAsyncBasicConsumer consumer) : IAsyncBasicConsumer
{
    // More than a lost delivery has to end by itself.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public IChannel? Channel => consumer.Channel;

    /// <remarks>The token is the client's, and is cancelled when the channel is gone.</remarks>
    public Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default
    )
    {
        var handling = consumer.HandleBasicDeliverAsync(
            consumerTag,
            deliveryTag,
            redelivered,
            exchange,
            routingKey,
            properties,
            body,
            cancellationToken
        );
        return handling.IsCompleted ? handling : UntilGone(handling, cancellationToken);
    }

    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicCancelAsync(consumerTag, cancellationToken);

    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicCancelOkAsync(consumerTag, cancellationToken);

    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicConsumeOkAsync(consumerTag, cancellationToken);

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) =>
        consumer.HandleChannelShutdownAsync(channel, reason);

    private static async Task UntilGone(Task handling, CancellationToken gone)
    {
        try
        {
            await handling.WaitAsync(gone);
        }
        catch (OperationCanceledException) when (!handling.IsCompleted)
        {
            await Task.WhenAny(handling, Task.Delay(Patience, CancellationToken.None));
        }
    }
}
