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
    private readonly IChannel channel;

    private MessageLoop(IChannel channel, IFloorWork work, ConfirmingPublisher publisher, OutboxBroom broom)
    {
        this.channel = channel;
        this.work = work;
        this.publisher = publisher;
        this.broom = broom;
    }

    /// <summary>Begins to consume.</summary>
    /// <param name="connection">The broker.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="concurrency">How many messages are handled at the same time.</param>
    /// <param name="work">What is done with them.</param>
    /// <param name="publisher">Sends what comes of them.</param>
    /// <param name="outbox">Where that is kept.</param>
    public static async Task<MessageLoop> Start(
        IConnection connection,
        string queue,
        int concurrency,
        IFloorWork work,
        ConfirmingPublisher publisher,
        FloorOutbox outbox
    )
    {
        var opened = await connection.CreateChannelAsync(
            new CreateChannelOptions(false, false, consumerDispatchConcurrency: (ushort)concurrency)
        );
        var loop = new MessageLoop(opened, work, publisher, new OutboxBroom(outbox));
        await opened.BasicQosAsync(0, Prefetch, global: false);
        var consumer = new AsyncEventingBasicConsumer(opened);
        consumer.ReceivedAsync += (_, delivery) => loop.Handle(Incoming.From(opened, delivery));
        await opened.BasicConsumeAsync(queue, autoAck: false, consumer);
        return loop;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
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
