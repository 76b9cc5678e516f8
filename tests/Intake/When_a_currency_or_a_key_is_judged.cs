using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Intake.Tests;

public sealed class When_a_currency_or_a_key_is_judged
{
    [TestCase("JPY", 0)]
    [TestCase("USD", 2)]
    [TestCase("EUR", 2)]
    [TestCase("KWD", 3)]
    [TestCase("ZZZ", null)]
    [TestCase("usd", null)]
    [TestCase("", null)]
    public void Should_know_the_decimals_of_ISO_4217(string code, int? decimals) => Currencies.DecimalsOf(code).ShouldBe(decimals);

    [TestCase("12.50", 1)]
    [TestCase("12", 0)]
    [TestCase("12.000", 0)]
    [TestCase("0.0010", 3)]
    [TestCase("0.3333333333333333333333333333", 28)]
    public void Should_count_the_decimals_that_count(string value, int places)
    {
        Decimals.TryRead(value.AsSpan(), out var number).ShouldBeTrue();
        Decimals.Of(number).ShouldBe(places);
    }

    [TestCase("4711")]
    [TestCase("Größe 10-ü")]
    [TestCase("e\u0301")]
    [TestCase("😍")]
    public void Should_take_a_key_that_people_can_see(string key) => Keys.Objection(key).ShouldBeNull();

    [TestCase(" a")]
    [TestCase("a ")]
    [TestCase("a\tb")]
    [TestCase("a\u200bb")]
    [TestCase("a\u202eb")]
    [TestCase("a\u2028b")]
    [TestCase("a\ue000b")]
    [TestCase("a\0b")]
    public void Should_refuse_a_key_with_what_they_cannot(string key) => Keys.Objection(key).ShouldNotBeNull();
}
