using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Waiting;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>They are for nodes of a newer build: in a deploy there are some, after one that was taken back there is none.</summary>
public sealed class When_messages_are_requeued
{
    [Test]
    [Property("Rule", "S32")]
    public void Should_look_for_another_node_at_once([Range(0, 3)] int before) => Requeues.Wait(before).ShouldBe(TimeSpan.Zero);

    [TestCase(4, 1)]
    [TestCase(5, 2)]
    [TestCase(6, 4)]
    [TestCase(7, 5)]
    [TestCase(1_000_000, 5)]
    [Property("Rule", "S32")]
    public void Should_have_them_wait_longer_and_longer_when_there_is_none(int before, double seconds) =>
        Requeues.Wait(before).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Test]
    public void Should_tell_them_from_failures()
    {
        Requeues.Concerns(new InvalidOperationException("outer", new NotOnThisNodeException("inner"))).ShouldBeTrue();
        Requeues.Concerns(new InvalidOperationException("outer", new TimeoutException())).ShouldBeFalse();
    }
}
