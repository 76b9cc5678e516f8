using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Floor.PerMessage;

/// <summary>One transaction for each message, many messages at the same time.</summary>
internal sealed class MessageLoop : IAsyncDisposable
{
    private const ushort Prefetch = 64;

    private readonly IFloorWork work;
    private readonly ConfirmingPublisher publisher;
    private readonly OutboxBroom broom;
    private readonly List<IChannel> channels = [];

    private MessageLoop(IFloorWork work, ConfirmingPublisher publisher, OutboxBroom broom)
    {
        this.work = work;
        this.publisher = publisher;
        this.broom = broom;
    }

    /// <summary>Begins to consume.</summary>
    /// <param name="connection">The broker.</param>
    /// <param name="queues">The queues.</param>
    /// <param name="concurrency">How many messages of all queues are handled at the same time.</param>
    /// <param name="work">What is done with them.</param>
    /// <param name="publisher">Sends what comes of them.</param>
    /// <param name="outbox">Where that is kept.</param>
    public static async Task<MessageLoop> Start(
        IConnection connection, IReadOnlyList<string> queues, int concurrency, IFloorWork work, ConfirmingPublisher publisher, FloorOutbox outbox)
    {
        var loop = new MessageLoop(work, publisher, new OutboxBroom(outbox));
        foreach (var queue in queues)
        {
            var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(false, false, consumerDispatchConcurrency: (ushort)(concurrency / queues.Count)));
            loop.channels.Add(channel);
            await channel.BasicQosAsync(0, Prefetch, global: false);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, delivery) => loop.Handle(Incoming.From(channel, delivery));
            await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        }

        return loop;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in channels)
        {
            await channel.DisposeAsync();
        }

        await broom.DisposeAsync();
    }

    private async Task Handle(Incoming message)
    {
        try
        {
            var outgoing = await work.Handle([message], []);
            await publisher.Publish([.. outgoing.Select(sent => sent.ToBroker())]);
            await message.Acknowledge();
            broom.Add(outgoing);
        }
        catch (Exception exception)
        {
            // A measurement with a failed message is worth nothing; the driver will miss the saga and say so.
            await Console.Error.WriteLineAsync(exception.ToString());
        }
    }
}
