using System.Reflection;
using MassTransit.RabbitMqTransport;
using SagaOrchestrator.Messaging.RabbitMq.Acknowledging;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Endpoints;

/// <summary>Nobody waits for ever for a channel that takes no frame.</summary>
public sealed class When_a_connection_takes_no_acknowledgements
{
    private FullChannel channel = null!;
    private GroupedAcks acks = null!;

    [SetUp]
    public void Open()
    {
        var proxy = DispatchProxy.Create<ChannelContext, FullChannel>();
        channel = (FullChannel)(object)proxy;
        acks = new GroupedAcks(proxy, TimeProvider.System);
    }

    [Test]
    public Task Should_give_up_an_acknowledgement() => GivenUp(acks.Ack(1));

    [Test]
    public Task Should_give_up_giving_a_message_back() => GivenUp(acks.Nack(1, requeue: true));

    [Test]
    public async Task Should_acknowledge_what_came_meanwhile_when_it_takes_some_again()
    {
        await GivenUp(acks.Ack(1));
        await GivenUp(acks.Ack(2));

        channel.TakeAll();

        await acks.Ack(3);
        channel.Acknowledged[^1].ShouldBe(3UL);
    }

    private static async Task GivenUp(Task waiting)
    {
        await Eventually.True(() => Task.FromResult(waiting.IsCompleted), "the wait is over");
        await Should.ThrowAsync<TimeoutException>(() => waiting);
    }

    /// <summary>A channel whose connection has no room.</summary>
    public class FullChannel : DispatchProxy
    {
        private readonly TaskCompletionSource room = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IList<ulong> Acknowledged { get; } = [];

        public void TakeAll() => room.SetResult();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod?.Name switch
            {
                nameof(ChannelContext.BasicAck) => new ValueTask(Take((ulong)args![0]!)),
                nameof(ChannelContext.BasicNack) => room.Task,
                _ => throw new NotSupportedException(targetMethod?.Name),
            };

        private Task Take(ulong tag)
        {
            Acknowledged.Add(tag);
            return room.Task;
        }
    }
}
