using System.Reflection;
using MassTransit.RabbitMqTransport;
using SagaOrchestrator.Messaging.RabbitMq.Acknowledging;

namespace SagaOrchestrator.Tests.Endpoints;

/// <summary>On a busy machine the linger is over before it is awaited, so that a round is sent by the call that began it.</summary>
public sealed class When_acknowledgements_are_sent_in_groups
{
    private NotingChannel channel = null!;
    private GroupedAcks acks = null!;

    [SetUp]
    public void Open() => Open(new HurriedTime());

    [Test]
    public async Task Should_tell_its_caller_when_the_round_is_over_before_the_call_returns()
    {
        await acks.Ack(1);
        await acks.Ack(2);
        channel.Acknowledged.ShouldBe([1UL, 2UL]);
    }

    [Test]
    public async Task Should_acknowledge_each_delivery_once_however_many_ask_at_once()
    {
        await Task.WhenAll(Enumerable.Range(1, 2000).Select(tag => Task.Run(() => acks.Ack((ulong)tag))));
        await acks.Flush();
        channel.Acknowledged.ShouldBeUnique();
        channel.Settled.ShouldBe(2000);
    }

    [Test]
    public async Task Should_never_name_a_delivery_that_is_settled()
    {
        await acks.Ack(1);
        await acks.Ack(1);
        await acks.Nack(1, requeue: true);
        await acks.Nack(3, requeue: true);
        await acks.Ack(3);
        channel.Acknowledged.ShouldBe([1UL]);
        channel.Nacked.ShouldBe([(3UL, true)]);
    }

    [Test]
    public async Task Should_give_back_what_still_waits_to_be_acknowledged()
    {
        // Its acknowledgement took too long, so that its handler gives it back instead.
        Open(new StandingTime());
        var acknowledging = acks.Ack(1);
        await acks.Nack(1, requeue: true);
        acknowledging.IsCompleted.ShouldBeFalse();
        channel.Nacked.ShouldBe([(1UL, true)]);
        channel.Acknowledged.ShouldBeEmpty();
    }

    private void Open(TimeProvider time)
    {
        var proxy = DispatchProxy.Create<ChannelContext, NotingChannel>();
        (channel, acks) = ((NotingChannel)(object)proxy, new GroupedAcks(proxy, time));
    }

    /// <summary>Each delay is over at once.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>No delay ever ends.</summary>
    private sealed class StandingTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
