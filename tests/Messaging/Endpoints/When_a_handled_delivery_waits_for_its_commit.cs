using System.Reflection;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Messaging.RabbitMq.Acknowledging;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Endpoints;

/// <summary>Its handler is through, so MassTransit acknowledges it. The broker hears of it only when the unit is committed.</summary>
public sealed class When_a_handled_delivery_waits_for_its_commit
{
    private TaskCompletionSource committed = null!;
    private Deliveries deliveries = null!;
    private NotingChannel channel = null!;
    private HeldDeliveries held = null!;
    private CancellationTokenSource stopping = null!;

    [TearDown]
    public void Forget() => stopping.Dispose();

    [SetUp]
    public async Task Acknowledge()
    {
        var proxy = DispatchProxy.Create<ChannelContext, NotingChannel>();
        channel = (NotingChannel)(object)proxy;
        (committed, deliveries) = (new TaskCompletionSource(), new Deliveries());
        stopping = new CancellationTokenSource();
        held = new HeldDeliveries(new GroupedAcks(proxy, TimeProvider.System), deliveries, NullLogger.Instance, stopping.Token);
        held.Hold(1, committed.Task);
        await held.Ack(1);
    }

    [Test]
    public async Task Should_be_acknowledged_after_it_and_not_before()
    {
        await held.Ack(2);
        channel.Acknowledged.ShouldBe([2UL]);

        committed.SetResult();
        await Eventually.True(() => Task.FromResult(channel.Acknowledged.Contains(1UL)), "the delivery is acknowledged");
        channel.Nacked.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_go_back_to_its_queue_when_it_cannot_be_committed()
    {
        committed.SetException(new TimeoutException());
        await Eventually.True(() => Task.FromResult(channel.Nacked.Contains((1UL, true))), "the delivery is requeued");
        channel.Acknowledged.ShouldBeEmpty();
    }

    /// <summary>Requeued, it would be served to the same consumer at once, and again, until the broker's limit is reached.</summary>
    [Test]
    public async Task Should_be_left_to_the_end_of_its_channel_when_the_service_is_to_end()
    {
        await stopping.CancelAsync();
        committed.SetException(new TimeoutException());
        await Eventually.True(() => Task.FromResult(deliveries.UnderWay == 0), "nothing is under way");
        await held.Nack(2, requeue: true);
        channel.Nacked.ShouldBeEmpty();
        channel.Acknowledged.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_count_as_under_way_until_then()
    {
        deliveries.UnderWay.ShouldBe(1);
        committed.SetResult();
        await Eventually.True(() => Task.FromResult(deliveries.UnderWay == 0), "nothing is under way");
    }

    [Test]
    public async Task Should_be_acknowledged_before_its_channel_is_closed()
    {
        var draining = held.Drain();
        draining.IsCompleted.ShouldBeFalse();

        committed.SetResult();
        await draining;
        channel.Acknowledged.ShouldBe([1UL]);
    }

    [Test]
    public async Task Should_keep_its_handler_until_it_is_acknowledged_when_the_channel_is_to_end()
    {
        _ = held.Drain();
        var later = new TaskCompletionSource();
        held.Hold(2, later.Task);
        var acknowledging = held.Ack(2);
        acknowledging.IsCompleted.ShouldBeFalse();

        later.SetResult();
        await acknowledging;
        channel.Acknowledged.ShouldContain(2UL);
    }
}
