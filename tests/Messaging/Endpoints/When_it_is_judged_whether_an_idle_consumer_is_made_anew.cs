using SagaOrchestrator.Messaging.RabbitMq.Consuming;

namespace SagaOrchestrator.Tests.Endpoints;

internal sealed class When_it_is_judged_whether_an_idle_consumer_is_made_anew
{
    [Test]
    public void Should_be_less_and_less_often() =>
        Ask((0, true), (29, true), (30, true), (89, true), (90, true), (209, true), (210, true))
            .ShouldBe([false, false, true, false, true, false, true]);

    [Test]
    public void Should_begin_anew_when_something_came() =>
        Ask((0, true), (30, true), (40, false), (50, true), (79, true), (80, true)).ShouldBe([false, true, false, false, false, true]);

    [Test]
    public void Should_be_once_an_hour_in_the_end()
    {
        var rule = new IdleRule(TimeSpan.FromSeconds(30));
        var due = Enumerable
            .Range(0, 24 * 60)
            .Where(minute => rule.IsDue(TimeSpan.FromMinutes(minute), isIdle: true))
            .TakeLast(3)
            .ToArray();

        (due[2] - due[1], due[1] - due[0]).ShouldBe((60, 60));
    }

    private static bool[] Ask(params (int Second, bool IsIdle)[] looks)
    {
        var rule = new IdleRule(TimeSpan.FromSeconds(30));
        return [.. looks.Select(look => rule.IsDue(TimeSpan.FromSeconds(look.Second), look.IsIdle))];
    }
}
