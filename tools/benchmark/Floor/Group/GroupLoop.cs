using System.Collections.Concurrent;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Floor.Group;

/// <summary>One transaction for all messages that are there. The next group is written while the one before is being sent.</summary>
internal sealed class GroupLoop : IAsyncDisposable
{
    private const ushort Prefetch = 400;
    private const int Largest = 200;

    private readonly IFloorWork work;
    private readonly ConfirmingPublisher publisher;
    private readonly Channel<Incoming> waiting = Channel.CreateUnbounded<Incoming>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentQueue<Guid> sent = new();
    private readonly List<Incoming> postponed = [];
    private readonly IChannel channel;
    private readonly Task handling;

    private GroupLoop(IChannel channel, IFloorWork work, ConfirmingPublisher publisher)
    {
        this.channel = channel;
        this.work = work;
        this.publisher = publisher;
        handling = Task.Run(HandleAll);
    }

    public static async Task<GroupLoop> Start(IConnection connection, string queue, IFloorWork work, ConfirmingPublisher publisher)
    {
        var opened = await connection.CreateChannelAsync();
        var loop = new GroupLoop(opened, work, publisher);
        await opened.BasicQosAsync(0, Prefetch, global: false);
        var consumer = new AsyncEventingBasicConsumer(opened);
        consumer.ReceivedAsync += (_, delivery) => loop.waiting.Writer.WriteAsync(Incoming.From(opened, delivery)).AsTask();
        await opened.BasicConsumeAsync(queue, autoAck: false, consumer);
        return loop;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await handling;
        await channel.DisposeAsync();
    }

    private async Task HandleAll()
    {
        while (postponed.Count > 0 || await waiting.Reader.WaitToReadAsync())
        {
            try
            {
                var group = Take();
                var outgoing = await work.Handle(group, Sent());
                _ = Finish(group, outgoing);
            }
            catch (Exception exception)
            {
                // A measurement with a failed message is worth nothing; the driver will miss the sagas and say so.
                await Console.Error.WriteLineAsync(exception.ToString());
            }
        }
    }

    // One message of a saga in a group, because each is decided on what the one before has left.
    private List<Incoming> Take()
    {
        var sagas = new HashSet<Guid>();
        var group = postponed.Where(message => sagas.Add(message.SagaId)).ToList();
        postponed.RemoveAll(group.Contains);
        while (group.Count < Largest && waiting.Reader.TryRead(out var message))
        {
            (sagas.Add(message.SagaId) ? group : postponed).Add(message);
        }

        return group;
    }

    private List<Guid> Sent()
    {
        var ids = new List<Guid>();
        while (sent.TryDequeue(out var id))
        {
            ids.Add(id);
        }

        return ids;
    }

    private async Task Finish(List<Incoming> group, IReadOnlyList<FloorMessage> outgoing)
    {
        try
        {
            await publisher.Publish([.. outgoing.Select(message => message.ToBroker())]);
            foreach (var message in group)
            {
                await message.Acknowledge();
            }

            foreach (var message in outgoing)
            {
                sent.Enqueue(message.Id);
            }
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync(exception.ToString());
        }
    }
}
