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

    [TestCase("-12.50", "-12.50")]
    [TestCase("0", "0")]
    [TestCase("00000000000000000000000000007", "7")]
    public void Should_read_a_decimal(string text, string value)
    {
        Decimals.TryRead(text.AsSpan(), out var number).ShouldBeTrue();
        number.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(value);
    }

    [TestCase("-")]
    [TestCase("-.5")]
    [TestCase("5-")]
    [TestCase("--5")]
    [TestCase("000000000000000000000000000007")]
    public void Should_read_no_decimal(string text) => Decimals.TryRead(text.AsSpan(), out _).ShouldBeFalse();

    [TestCase("")]
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
    [TestCase("a\u2029b")]
    [TestCase("a\u0378b")]
    public void Should_refuse_a_key_with_what_they_cannot(string key) => Keys.Objection(key).ShouldNotBeNull();

    [TestCase(" a", "a string with a blank at its beginning or end")]
    [TestCase("a\u00a0", "a string with a blank at its beginning or end")]
    [TestCase("a\u200bb", "a string with the invisible character U+200B")]
    public void Should_say_what_they_cannot(string key, string objection) => Keys.Objection(key).ShouldBe(objection);

    // Not as cases: what an attribute says is stored as UTF-8, which holds no such half.
    [Test]
    public void Should_refuse_a_key_that_no_UTF8_holds()
    {
        foreach (var key in new[] { "a\ud800b", "a\udc00", "\ud800" })
        {
            Keys.Objection(key).ShouldBe("a string with half of a surrogate pair");
        }
    }
}
