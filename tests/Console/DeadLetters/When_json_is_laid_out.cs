using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Tests.DeadLetters;

/// <summary>What an operator reads, and sends on when he edits it.</summary>
public sealed class When_json_is_laid_out
{
    [TestCase(
        """{"a":[1,2.50,{}],"b":{"c":[ ],"d":null}}""",
        "{\n  \"a\": [\n    1,\n    2.50,\n    {}\n  ],\n  \"b\": {\n    \"c\": [],\n    \"d\": null\n  }\n}"
    )]
    [TestCase("""{"a":1,"a":1e400}""", "{\n  \"a\": 1,\n  \"a\": 1e400\n}")]
    [TestCase("""["{,:}\\","\""]""", "[\n  \"{,:}\\\\\",\n  \"\\\"\"\n]")]
    [TestCase("""["\u0637\uD83D\uDE80\u003C"]""", "[\n  \"ط🚀<\"\n]")]
    [TestCase("""["\u0022\u005c\u0000\u202e\uD83D\n"]""", "[\n  \"\\u0022\\u005c\\u0000\\u202e\\uD83D\\n\"\n]")]
    [TestCase("7", "7")]
    [TestCase("{}", "{}")]
    public void Should_stay_what_it_is(string json, string lines) => JsonLines.Of(json).ShouldBe(lines);

    [TestCase("{ this")]
    [TestCase("")]
    [TestCase("{} {}")]
    public void Should_find_what_is_no_json(string text) => JsonLines.Of(text).ShouldBeNull();
}
