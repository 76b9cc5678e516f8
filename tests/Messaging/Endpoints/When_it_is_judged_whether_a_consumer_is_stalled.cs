using SagaOrchestrator.Messaging.RabbitMq.Consuming;

namespace SagaOrchestrator.Tests.Endpoints;

internal sealed class When_it_is_judged_whether_a_consumer_is_stalled
{
    [Test]
    public void Should_be_patient() => Ask((0, true), (29, true)).ShouldBe([false, false]);

    [Test]
    public void Should_say_so_once_and_be_patient_again() =>
        Ask((0, true), (30, true), (31, true), (60, true), (61, true)).ShouldBe([false, true, false, false, true]);

    [Test]
    public void Should_begin_anew_when_something_came() =>
        Ask((0, true), (20, false), (40, true), (60, true)).ShouldBe([false, false, false, false]);

    private static bool[] Ask(params (int Second, bool IsStarved)[] looks)
    {
        var rule = new StallRule(TimeSpan.FromSeconds(30));
        return [.. looks.Select(look => rule.IsStalled(TimeSpan.FromSeconds(look.Second), look.IsStarved))];
    }
}
