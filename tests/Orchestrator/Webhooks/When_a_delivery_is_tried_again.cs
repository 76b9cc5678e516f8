using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Engine.Webhooks.Sending;

namespace SagaOrchestrator.Tests.Webhooks;

public sealed class When_a_delivery_is_tried_again
{
    private readonly RetrySchedule schedule = new(new WebhookOptions());

    [TestCase(1, 5)]
    [TestCase(2, 10)]
    [TestCase(3, 20)]
    [TestCase(10, 2560)]
    [TestCase(11, 3600)]
    [TestCase(1000, 3600)]
    public void Should_wait_twice_as_long_each_time_up_to_an_hour(int attempts, double seconds)
    {
        schedule.After(attempts, null, 0.5).TotalSeconds.ShouldBe(seconds, 0.001);
        schedule.After(attempts, null, 0).TotalSeconds.ShouldBe(seconds * 0.8, 0.001);
        schedule.After(attempts, null, 1).TotalSeconds.ShouldBe(seconds * 1.2, 0.001);
    }

    [TestCase(1, 60, 60)]
    [TestCase(1, 1, 5)]
    [TestCase(1, -60, 5)]
    [TestCase(1, 7200, 3600)]
    [TestCase(20, 7200, 3600)]
    public void Should_wait_as_long_as_the_receiver_asks_for_and_no_longer_than_the_longest(int attempts, int asked, double seconds) =>
        schedule.After(attempts, TimeSpan.FromSeconds(asked), 0.5).TotalSeconds.ShouldBe(seconds, 0.001);

    [Test]
    public void Should_try_for_three_days_and_not_a_hundred_times()
    {
        var (attempts, waited) = (1, TimeSpan.Zero);
        while (waited + schedule.After(attempts, null, 0.5) <= new WebhookOptions().GiveUpAfter)
        {
            waited += schedule.After(attempts++, null, 0.5);
        }

        attempts.ShouldBe(81);
    }

    [Test]
    public void Should_hold_for_every_setting_that_is_taken()
    {
        var longest = new RetrySchedule(new WebhookOptions { FirstPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromDays(1) });
        longest.After(int.MaxValue, null, 1).ShouldBe(TimeSpan.FromDays(1.2));
    }
}
