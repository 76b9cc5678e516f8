using Microsoft.Extensions.Configuration;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Tests.Settings;

public sealed class When_settings_are_read
{
    [Test]
    public void Should_take_each_kind_in_its_written_form()
    {
        var read = Read(
            ("Patience", "90s"),
            ("Limit", "4.40"),
            ("Attempts", "5"),
            ("IsOn", "true"),
            ("Name", "a"),
            ("Users:0", "alice"),
            ("Users:1", "bob")
        );
        (read.Patience, read.Limit, read.Attempts, read.IsOn, read.Name).ShouldBe((TimeSpan.FromSeconds(90), 4.40m, 5, true, "a"));
        read.Users.ShouldBe(["alice", "bob"]);
    }

    [Test]
    public void Should_keep_the_defaults_of_what_is_not_set() => Read().ShouldBeEquivalentTo(new Options());

    [TestCase("Patience", "30", "30s")]
    [TestCase("Patience", "-00:00:05", "30s")]
    [TestCase("Patience", "10675199.00:00:00", "Options__Patience=00:00:30")]
    [TestCase("Patience", "", "30s")]
    [TestCase("Limit", "4,40", "12.50")]
    [TestCase("Limit", "1e3", "12.50")]
    [TestCase("Attempts", "0", "Options__Attempts=3")]
    [TestCase("Attempts", "3.0", "10")]
    [TestCase("Attempts", "three", "10")]
    [TestCase("IsOn", "yes", "true")]
    [TestCase("Patiense", "30s", "Patience")]
    public void Should_name_the_key_and_a_right_value(string key, string value, string right)
    {
        var exception = Should.Throw<InvalidSettingException>(() => Read((key, value)));
        exception.Message.ShouldStartWith($"The setting Options:{key} is not ");
        exception.Message.ShouldContain(right);
        exception.Message.ShouldNotContain('\n');
    }

    [Test]
    public void Should_mean_a_day_by_twenty_four_hours() => Read(("Patience", "24:00:00")).Patience.ShouldBe(TimeSpan.FromDays(1));

    private static Options Read(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Options:{setting.Key}", (string?)setting.Value)))
            .Build()
            .Read<Options>("Options");

    private sealed record Options
    {
        [System.ComponentModel.DataAnnotations.Range(typeof(TimeSpan), "1ms", "30d")]
        public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

        public decimal Limit { get; init; } = 1;

        [System.ComponentModel.DataAnnotations.Range(1, 100)]
        public int Attempts { get; init; } = 3;

        public bool IsOn { get; init; }

        public string Name { get; init; } = string.Empty;

        public IReadOnlyList<string> Users { get; init; } = [];
    }
}
