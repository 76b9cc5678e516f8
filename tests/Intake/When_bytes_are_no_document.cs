using System.Text;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Intake.Tests;

public sealed class When_bytes_are_no_document
{
    [Test]
    public void Should_name_the_offset_of_invalid_UTF8()
    {
        byte[] latin = [.. "{\"name\":\"M"u8, 0xFC, .. "ller\"}"u8];
        Contract.Of<Closed>().Check(latin).ShouldHaveSingleItem().ShouldBe(new Refusal(string.Empty, "text in UTF-8", "an invalid byte at offset 10"));
    }

    [TestCase("", "nothing")]
    [TestCase("{\"name\":\"a\"", "a syntax error in line 1, byte 12")]
    [TestCase("{\"name\":\"a\",}", "a syntax error in line 1, byte 13")]
    [TestCase("{\"name\":\"a\"} {}", "a syntax error in line 1, byte 14")]
    [TestCase("{\"name\":tok_secret}", "a syntax error in line 1, byte 10")]
    [TestCase("// note\n{\"name\":\"a\"}", "a syntax error in line 1, byte 1")]
    public void Should_name_the_place_of_a_syntax_error_and_not_the_text(string json, string got)
    {
        var refusal = Contract.Of<Closed>().Check(Encoding.UTF8.GetBytes(json)).ShouldHaveSingleItem();
        refusal.Expected.ShouldBe("valid JSON");
        refusal.Got.ShouldBe(got);
    }

    [TestCase("null", "null")]
    [TestCase("[]", "a list")]
    [TestCase("\"text\"", "a string of 4 characters")]
    public void Should_say_that_it_is_no_object(string json, string got) =>
        Contract.Of<Closed>().Check(Encoding.UTF8.GetBytes(json)).ShouldHaveSingleItem().ShouldBe(new Refusal(string.Empty, "an object", got));

    [Test]
    public void Should_end_at_a_document_that_is_too_deep([Values(33, 64, 100_000)] int levels)
    {
        var json = $"{{\"name\":\"a\",\"x\":{string.Concat(Enumerable.Repeat("[", levels))}{string.Concat(Enumerable.Repeat("]", levels))}}}";
        Contract.Of<Tree>().Check(Encoding.UTF8.GetBytes(json)).ShouldContain(refusal => refusal.Expected == "at most 32 levels of objects and lists");
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
        var refusal = Contract.Of<Closed>().Check(Encoding.UTF8.GetBytes($"{{\"name\":\"{new string('a', 300_000)}\"}}")).ShouldHaveSingleItem();
        refusal.ShouldBe(new Refusal("name", "a text of at most 4000 characters (Limits:TextCharacters)", "a string of 300000 characters"));
    }
}
