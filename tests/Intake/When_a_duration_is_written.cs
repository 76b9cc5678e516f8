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
    public void Should_refuse_what_means_something_else(string text) => Durations.TryRead(text, out _).ShouldBeFalse();
}
