using System.Text;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Intake.Tests;

/// <summary>The last value that is taken, the first that is not, and what its refusal says.</summary>
public sealed class When_a_value_is_at_its_edge
{
    [TestCase("int", "-2147483648")]
    [TestCase("int", "2147483647")]
    [TestCase("long", "-9223372036854775808")]
    [TestCase("long", "9223372036854775807")]
    [TestCase("short", "-32768")]
    [TestCase("short", "32767")]
    [TestCase("double", "1234567890123456789012345678901234567890123456789012345678901234")]
    [TestCase("float", "-1.5E+3")]
    [TestCase("decimal", "\"-79228162514264337593543950335\"")]
    [TestCase("decimal", "79228162514264337593543950335")]
    [TestCase("decimal", "\"-1.2345678901234567890123456789\"")]
    [TestCase("atLeast", "0.5")]
    [TestCase("atMost", "\"9.5\"")]
    [TestCase("atMost", "-12.50")]
    public void Should_take_the_number(string field, string json) => Number(field, json).ShouldBeEmpty();

    [TestCase("int", "2147483648", "a whole number out of this range")]
    [TestCase("long", "9223372036854775808", "a whole number out of this range")]
    [TestCase("short", "32768", "a whole number out of this range")]
    [TestCase("short", "-32769", "a whole number out of this range")]
    [TestCase("short", "1E3", "a number with a point or an exponent")]
    [TestCase("short", "true", "a boolean")]
    [TestCase("double", "12345678901234567890123456789012345678901234567890123456789012345", "a number that no reader can hold")]
    [TestCase("double", "-1e400", "a number that no reader can hold")]
    [TestCase("double", "\"1\"", "a string of 1 character")]
    [TestCase("decimal", "1e3", "a number in another form")]
    [TestCase("decimal", "\"1e3\"", "a string of 3 characters in another form")]
    [TestCase("decimal", "79228162514264337593543950336", "a number in another form")]
    [TestCase("decimal", "\"9.9999999999999999999999999999\"", "a string of 30 characters in another form")]
    [TestCase("decimal", "\"000000000000000000000000000001\"", "a string of 30 characters in another form")]
    [TestCase("decimal", "\"-0000000000000.0000000000000000000\"", "a string of 34 characters in another form")]
    [TestCase("decimal", "[1,[2],{\"a\":3}]", "a list")]
    [TestCase("atLeast", "0.49", "a decimal out of this range")]
    [TestCase("atMost", "\"9.51\"", "a decimal out of this range")]
    public void Should_refuse_the_number(string field, string json, string got)
    {
        var refusal = Number(field, json).ShouldHaveSingleItem();
        (refusal.Path, refusal.Got).ShouldBe((field, got));
    }

    [TestCase("\"12.34567\"", "5 decimals")]
    [TestCase("{\"a\":{\"b\":[1]}}", "an object")]
    [TestCase("1000000.0001", "a decimal out of this range")]
    public void Should_say_how_an_amount_is_wrong(string json, string got) => Refusal("total", json).Got.ShouldBe(got);

    [TestCase("on", "\"2026-02-28\"")]
    [TestCase("at", "\"2026-02-28T12:00:00Z\"")]
    [TestCase("at", "\"2026-02-28T12:00:00-05:30\"")]
    [TestCase("at", "\"2026-02-28T12:00:00.123456789+01:00\"")]
    [TestCase("within", "\"00:00:00\"")]
    [TestCase("within", "\"00:00:30\"")]
    [TestCase("within", "\"14.00:00:00\"")]
    [TestCase("within", "\"10675199.02:48:05.4775807\"")]
    public void Should_take_the_time(string field, string json) => Time(field, json).ShouldBeEmpty();

    [TestCase("on", "\"2026-02-2\\u0038\"")]
    [TestCase("on", "\"2026-2-28\"")]
    [TestCase("on", "20260228")]
    [TestCase("at", "\"2026-02-28\"")]
    [TestCase("at", "\"2026-02-28T12:00Z\"")]
    [TestCase("at", "\"2026-02-28T12:00:00\"")]
    [TestCase("at", "\"2026-02-28T12:00:00.1234567890+01:00\"")]
    [TestCase("at", "\"2026-02-28T12:00:00\\u005A\"")]
    [TestCase("at", "\"2026-02-30T12:00:00Z\"")]
    [TestCase("within", "\"-00:00:01\"")]
    [TestCase("within", "\"30\"")]
    [TestCase("within", "\"30s\"")]
    [TestCase("within", "\"00:00:3\\u0030\"")]
    public void Should_refuse_the_time(string field, string json) => Time(field, json).ShouldHaveSingleItem().Path.ShouldBe(field);

    [TestCase("\"ab\"")]
    [TestCase("\"abcde\"")]
    [TestCase("\"äöüßé\"")]
    [TestCase("\"\\u00e4b\"")]
    [TestCase("\"😀😀😀😀😀\"")]
    [TestCase("\" a \"")]
    [TestCase("\"\\ud83d\\ude00b\"")]
    public void Should_take_the_text(string json) => Text("short", json).ShouldBeEmpty();

    [TestCase("\"\"", "a string of 0 characters")]
    [TestCase("\"a\"", "a string of 1 character")]
    [TestCase("\"ä\"", "a string of 1 character")]
    [TestCase("\"\\u00e4\"", "a string of 1 character")]
    [TestCase("\"abcdef\"", "a string of 6 characters")]
    [TestCase("\"äöüßéè\"", "a string of 6 characters")]
    [TestCase("\"😀😀😀😀😀😀\"", "a string of 6 characters")]
    [TestCase("\"   \"", "a string of blanks")]
    [TestCase("\"     \"", "a string of blanks")]
    [TestCase("\"\u3000\u3000\"", "a string of blanks")]
    [TestCase("\"\\t\\n\"", "a string of blanks")]
    [TestCase("\"a\\u0000\"", "a string with a NUL character (U+0000)")]
    [TestCase("\"a\\ud800\"", "a string with half of a surrogate pair")]
    [TestCase("7", "a number")]
    public void Should_refuse_the_text(string json, string got) =>
        Text("short", json).ShouldHaveSingleItem().ShouldBe(new Refusal("short", "a text of 2 to 5 characters", got));

    private const string Visible = "a key of 1 characters or more without blanks at its ends and without invisible characters";

    [TestCase("\"a\"")]
    [TestCase("\"a b\"")]
    [TestCase("\"ä\"")]
    public void Should_take_the_key(string json) => Text("anyKey", json).ShouldBeEmpty();

    [TestCase("\"\"", "a key of 1 characters or more", "a string of 0 characters")]
    [TestCase("\" \"", "a key of 1 characters or more", "a string of blanks")]
    [TestCase("\"a \"", Visible, "a string with a blank at its beginning or end")]
    [TestCase("\"\u007fa\"", Visible, "a string with the invisible character U+007F")]
    [TestCase("\"a\\u200b\"", Visible, "a string with the invisible character U+200B")]
    public void Should_refuse_the_key(string json, string expected, string got) =>
        Text("anyKey", json).ShouldHaveSingleItem().ShouldBe(new Refusal("anyKey", expected, got));

    [TestCase("\"größer\"")]
    [TestCase("\"gr\\u00f6\\u00dfer\"")]
    public void Should_take_a_word_however_its_letters_are_escaped(string json) =>
        Contract.Of<Worded>().Check(Encoding.UTF8.GetBytes($"{{\"size\":{json}}}")).ShouldBeEmpty();

    [TestCase("\"gr\\u00f6sser\"", "another word")]
    [TestCase("\"gr\\ud800\"", "another word")]
    [TestCase("3", "a number")]
    public void Should_refuse_another_word(string json, string got) =>
        Contract
            .Of<Worded>()
            .Check(Encoding.UTF8.GetBytes($"{{\"size\":{json}}}"))
            .ShouldHaveSingleItem()
            .ShouldBe(new Refusal("size", "one of: größer, kleiner", got));

    [TestCase("true")]
    [TestCase("false")]
    public void Should_take_a_boolean(string json) => Contract.Of<Order>().Check(Order.With("isGift", json)).ShouldBeEmpty();

    [TestCase("null", "null")]
    [TestCase("\"true\"", "a string of 4 characters")]
    public void Should_refuse_what_is_no_boolean(string json, string got) =>
        Refusal("isGift", json).ShouldBe(new Refusal("isGift", "true or false", got));

    [TestCase("{\"a\":1}", "an object")]
    [TestCase("12", "a number")]
    [TestCase("\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a5\\u0035\"", "a string of 41 characters in another form")]
    public void Should_refuse_what_is_no_id(string json, string got) =>
        Refusal("customer", json).ShouldBe(new Refusal("customer", "a UUID of 36 characters without braces, not all zeros", got));

    private static IReadOnlyList<Refusal> Number(string field, string json) =>
        Check<Numbers>(
            field,
            json,
            "\"int\":1",
            "\"long\":1",
            "\"short\":1",
            "\"double\":1",
            "\"float\":1",
            "\"decimal\":1",
            "\"atLeast\":1",
            "\"atMost\":1"
        );

    private static IReadOnlyList<Refusal> Time(string field, string json) => Check<Times>(field, json);

    private static IReadOnlyList<Refusal> Text(string field, string json) =>
        Check<Described>(
            field,
            json,
            "\"short\":\"ab\"",
            "\"atMost\":\"\"",
            "\"atLeast\":\"abc\"",
            "\"anyKey\":\"a\"",
            "\"demanded\":\"a\"",
            "\"needed\":\"a\""
        );

    private static Refusal Refusal(string field, string json) => Contract.Of<Order>().Check(Order.With(field, json)).ShouldHaveSingleItem();

    private static IReadOnlyList<Refusal> Check<T>(string field, string json, params string[] right) =>
        Contract
            .Of<T>()
            .Check(
                Encoding.UTF8.GetBytes(
                    $"{{{string.Join(',', right.Where(one => !one.StartsWith($"\"{field}\"", StringComparison.Ordinal)).Append($"\"{field}\":{json}"))}}}"
                )
            );
}
