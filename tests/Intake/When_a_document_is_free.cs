using System.Text;
using System.Text.Json;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Intake.Tests;

/// <summary>Nothing is said about it, but that it can be stored, read, compared and shown.</summary>
public sealed class When_a_document_is_free
{
    private static readonly string LongName = new('n', 200);

    [Test]
    public void Should_take_names_of_200_characters() => Check($"{{\"{LongName}\":1,\"{new string('ä', 200)}\":2}}").ShouldBeEmpty();

    [Test]
    public void Should_refuse_a_longer_name_without_repeating_it() =>
        Check($"{{\"{LongName}n\":1}}")
            .ShouldHaveSingleItem()
            .ShouldBe(new Refusal("?", "a field's name of at most 200 characters", "201 characters"));

    [TestCase("{\"a\\u0000\":1}", "?", "a field's name of at most 200 characters", "a name with a NUL character (U+0000)")]
    [TestCase("{\"\\ud800\":1}", "?", "a field's name of at most 200 characters", "a name with half of a surrogate pair")]
    [TestCase("{\"a\":1,\"\\u0061\":2}", "a", "this field once", "this field twice")]
    [TestCase("{\"a\":{\"b\":\"\\udc00\"}}", "a.b", "a text", "a string with half of a surrogate pair")]
    [TestCase("{\"a\":[[1],[1e400]]}", "a[1][0]", "a number", "a number that no reader can hold")]
    public void Should_say_what_cannot_be_kept(string json, string path, string expected, string got) =>
        Check(json).ShouldHaveSingleItem().ShouldBe(new Refusal(path, expected, got));

    [TestCase("{\"a\":1,\"A\":2,\"b\":{\"a\":3}}")]
    [TestCase("{\"\":\"\",\"a\":[true,false,null,-1.5e300,\"\\ud83d\\ude00\",[],{}]}")]
    public void Should_take_every_kind_of_value(string json) => Check(json).ShouldBeEmpty();

    [Test]
    public void Should_go_on_after_what_is_refused()
    {
        var refusals = Contract.Of<Closed>().Check("""{"name":[1,[2],{"a":[3]}],"more":{"x":[1]},"last":"\ud800"}"""u8);
        refusals
            .Select(refusal => (refusal.Path, refusal.Got))
            .ShouldBe([
                ("name", "a list"),
                ("more", "an unknown field"),
                ("last", "an unknown field"),
                ("last", "a string with half of a surrogate pair"),
            ]);
    }

    [Test]
    public void Should_name_an_unknown_field_of_100_characters_and_no_longer_one()
    {
        var name = new string('n', 100);
        Contract.Of<Closed>().Check(Encoding.UTF8.GetBytes($"{{\"name\":\"a\",\"{name}\":1}}")).ShouldHaveSingleItem().Path.ShouldBe(name);
        Contract.Of<Closed>().Check(Encoding.UTF8.GetBytes($"{{\"name\":\"a\",\"{name}n\":1}}")).ShouldHaveSingleItem().Path.ShouldBe("?");
    }

    [Test]
    public void Should_know_a_field_whose_name_is_escaped() => Contract.Of<Closed>().Check("""{"n\u0061me":"a"}"""u8).ShouldBeEmpty();

    [TestCase("{\"Name\":\"a\"}", "the field 'name', spelled so", "another spelling of it")]
    [TestCase("{\"\\ud800\":\"a\"}", "a field's name in valid text", "a name with half of a surrogate pair")]
    public void Should_say_how_a_name_is_wrong(string json, string expected, string got)
    {
        var refusal = Contract.Of<Closed>().Check(Encoding.UTF8.GetBytes(json))[0];
        (refusal.Expected, refusal.Got).ShouldBe((expected, got));
    }

    [Test]
    public void Should_be_told_in_a_sentence()
    {
        new Refusal("items[0].quantity", "a whole number", "null")
            .ToString()
            .ShouldBe("items[0].quantity: Expected a whole number, got null.");
        new Refusal(string.Empty, "an object", "a list").ToString().ShouldBe("Expected an object, got a list.");
    }

    private static IReadOnlyList<Refusal> Check(string json) => Contract.Of<JsonElement>().Check(Encoding.UTF8.GetBytes(json));
}
