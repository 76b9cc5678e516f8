using System.Text;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Intake.Tests;

public sealed class When_bytes_are_no_document
{
    [Test]
    public void Should_name_the_offset_of_invalid_UTF8()
    {
        byte[] latin = [.. "{\"name\":\"M"u8, 0xFC, .. "ller\"}"u8];
        Contract
            .Of<Closed>()
            .Check(latin)
            .ShouldHaveSingleItem()
            .ShouldBe(new Refusal(string.Empty, "text in UTF-8", "an invalid byte at offset 10"));
    }

    [TestCase("\u00e4", 0, 1)]
    [TestCase("\u00e4", 0, 0)]
    [TestCase("\u00e4\u00e4", 2, 3)]
    [TestCase("{\"name\":\"\u00fc\"}", 9, 10)]
    public void Should_name_the_offset_of_a_character_that_is_cut(string text, int offset, int cut)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        bytes.RemoveAt(cut);
        Contract.NotUtf8(bytes.ToArray()).ShouldNotBeNull().Got.ShouldBe($"an invalid byte at offset {offset}");
    }

    [Test]
    public void Should_know_no_place_where_the_reader_knows_none() =>
        Contract
            .NotJson(new System.Text.Json.JsonException(), length: 5)
            .ShouldBe(new Refusal(string.Empty, "valid JSON", "a syntax error in line 1, byte 1"));

    [TestCase("", "nothing")]
    [TestCase(" ", "a syntax error in line 1, byte 2")]
    [TestCase("{\n\"name\":}", "a syntax error in line 2, byte 8")]
    [TestCase("{\"name\":\"a\"", "a syntax error in line 1, byte 12")]
    [TestCase("{\"name\":\"a\",}", "a syntax error in line 1, byte 13")]
    [TestCase("{\"name\":\"a\"} {}", "a syntax error in line 1, byte 14")]
    [TestCase("{\"name\":tok_secret}", "a syntax error in line 1, byte 10")]
    [TestCase("// note\n{\"name\":\"a\"}", "a syntax error in line 1, byte 1")]
    public void Should_name_the_place_of_a_syntax_error_and_not_the_text(string json, string got)
    {
        var refusal = Contract.Of<Closed>().Check(Encoding.UTF8.GetBytes(json)).ShouldHaveSingleItem();
        refusal.ShouldBe(new Refusal(string.Empty, "valid JSON", got));
    }

    [TestCase("true", "a boolean")]
    [TestCase("false", "a boolean")]
    [TestCase("12", "a number")]
    [TestCase("\"\"", "a string of 0 characters")]
    [TestCase("\"a\"", "a string of 1 character")]
    [TestCase("\"äöü\"", "a string of 3 characters")]
    [TestCase("null", "null")]
    [TestCase("[]", "a list")]
    [TestCase("\"text\"", "a string of 4 characters")]
    public void Should_say_that_it_is_no_object(string json, string got) =>
        Contract
            .Of<Closed>()
            .Check(Encoding.UTF8.GetBytes(json))
            .ShouldHaveSingleItem()
            .ShouldBe(new Refusal(string.Empty, "an object", got));

    [Test]
    public void Should_end_at_a_document_that_is_too_deep([Values(33, 64, 100_000)] int levels)
    {
        var json =
            $"{{\"name\":\"a\",\"x\":{string.Concat(Enumerable.Repeat("[", levels))}{string.Concat(Enumerable.Repeat("]", levels))}}}";
        Contract
            .Of<Tree>()
            .Check(Encoding.UTF8.GetBytes(json))
            .ShouldContain(refusal => refusal.Expected == "at most 32 levels of objects and lists");
    }

    [Test]
    public void Should_name_the_limit_of_a_document_that_is_too_large()
    {
        var json = $"{{\"x\":\"{new string('a', 70_000)}\"}}";
        var refusal = Contract.Of<System.Text.Json.JsonElement>().Check(Encoding.UTF8.GetBytes(json)).ShouldHaveSingleItem();
        refusal.Expected.ShouldBe("an object of at most 65536 bytes (Limits:DocumentBytes)");
    }

    [Test]
    public void Should_name_the_limit_of_a_text_that_is_too_long()
    {
        var refusal = Contract
            .Of<Closed>()
            .Check(Encoding.UTF8.GetBytes($"{{\"name\":\"{new string('a', 300_000)}\"}}"))
            .ShouldHaveSingleItem();
        refusal.ShouldBe(new Refusal("name", "a text of at most 4000 characters (Limits:TextCharacters)", "a string of 300000 characters"));
    }
}
