using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Intake.Tests;

public sealed class When_a_duration_is_written
{
    [TestCase("500ms", 0.5)]
    [TestCase("30s", 30)]
    [TestCase("1.5s", 1.5)]
    [TestCase("15m", 900)]
    [TestCase("36h", 129_600)]
    [TestCase("14d", 1_209_600)]
    [TestCase("00:00:30", 30)]
    [TestCase("24:00:00", 86_400)]
    [TestCase("36:00:00", 129_600)]
    [TestCase("00:00:00.250", 0.25)]
    [TestCase("14.00:00:00", 1_209_600)]
    [TestCase("1.23:59:59", 172_799)]
    [TestCase("1.02:03:04.5", 93_784.5)]
    [TestCase("999999:00:59.999", 3_599_996_459.999)]
    public void Should_mean_what_it_looks_like(string text, double seconds)
    {
        Durations.TryRead(text, out var value).ShouldBeTrue();
        value.TotalSeconds.ShouldBe(seconds);
    }

    [TestCase("30")]
    [TestCase("")]
    [TestCase("-00:00:05")]
    [TestCase("-5s")]
    [TestCase("5 s")]
    [TestCase("5sec")]
    [TestCase("1:2:3")]
    [TestCase("00:60:00")]
    [TestCase("00:00:60")]
    [TestCase("1.24:00:00")]
    [TestCase("00:30")]
    [TestCase("1e3s")]
    [TestCase("99999999999d")]
    [TestCase("s")]
    [TestCase(".s")]
    [TestCase("1.s")]
    [TestCase("1.2.3s")]
    [TestCase(".00:00:00")]
    [TestCase("a.00:00:00")]
    [TestCase("-1.00:00:00")]
    [TestCase("00:00:-5")]
    [TestCase("00:00:5")]
    [TestCase("00:00:005")]
    [TestCase("00:00:5.25")]
    [TestCase("00:00:05.")]
    [TestCase("00:00:ab")]
    [TestCase("00:5:00")]
    [TestCase("00:ab:00")]
    [TestCase("ab:00:00")]
    [TestCase("5:00:00")]
    [TestCase("1.5:00:00")]
    [TestCase("1000000:00:00")]
    [TestCase("00:00:00:00")]
    public void Should_refuse_what_means_something_else(string text) => Durations.TryRead(text, out _).ShouldBeFalse();

    [TestCase("922337203685477ms", 9_223_372_036_854_770_000)]
    [TestCase("10675199.02:48:05.4775807", long.MaxValue)]
    public void Should_be_as_long_as_a_duration_can_be(string text, long ticks)
    {
        Durations.TryRead(text, out var value).ShouldBeTrue();
        value.Ticks.ShouldBe(ticks);
    }

    [TestCase("922337203685478ms")]
    [TestCase("10675199.02:48:05.4775808")]
    public void Should_not_be_longer(string text) => Durations.TryRead(text, out _).ShouldBeFalse();
}
