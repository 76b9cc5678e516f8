using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace SagaOrchestrator.Outbox.Endpoints;

/// <summary>
/// Ends the deliveries of a channel that is gone. RabbitMQ's client waits for each of them before it tells others that the connection is gone, so one
/// that never ends keeps MassTransit on a dead connection for good. There is one that never can: when it finds the channel closed as it
/// acknowledges, MassTransit closes the channel once more, which waits for all deliveries, itself included.
/// </summary>
#pragma warning disable CA1001 // Without a timer there is nothing to dispose of.
internal sealed class LostChannel : IAsyncBasicConsumer
#pragma warning restore CA1001
{
    // More than a lost delivery has to end by itself.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IAsyncBasicConsumer consumer;

    // A token, because each delivery waits for it and most are over first, which it forgets at no cost.
    private readonly CancellationTokenSource gone = new();

    public LostChannel(IAsyncBasicConsumer consumer, IChannel channel)
    {
        this.consumer = consumer;
        channel.ChannelShutdownAsync += (_, _) => gone.CancelAsync();
    }

    public IChannel? Channel => consumer.Channel;

    public Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        var handling = consumer.HandleBasicDeliverAsync(consumerTag, deliveryTag, redelivered, exchange, routingKey, properties, body, cancellationToken);
        return handling.IsCompleted ? handling : UntilGone(handling);
    }

    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicCancelAsync(consumerTag, cancellationToken);

    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicCancelOkAsync(consumerTag, cancellationToken);

    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicConsumeOkAsync(consumerTag, cancellationToken);

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) => consumer.HandleChannelShutdownAsync(channel, reason);

    private async Task UntilGone(Task handling)
    {
        try
        {
            await handling.WaitAsync(gone.Token);
        }
        catch (OperationCanceledException) when (!handling.IsCompleted)
        {
            await Task.WhenAny(handling, Task.Delay(Patience));
        }
    }
}
