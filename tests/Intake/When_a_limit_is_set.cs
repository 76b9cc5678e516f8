using System.Text;
using System.Text.Json;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Intake.Tests;

public sealed class When_a_limit_is_set
{
    [Test]
    [Property("Rule", "S40")]
    public void Should_be_as_documented_when_it_is_not()
    {
        var limits = IntakeLimits.Default;
        (limits.StartBytes, limits.DocumentBytes, limits.MessageBytes, limits.SagaBytes).ShouldBe((262_144, 65_536, 1_048_576, 1_048_576));
        (limits.TextCharacters, limits.ListItems, limits.Depth).ShouldBe((4000, 1000, 32));
        (limits.KeptSignals, limits.HistoryEntries).ShouldBe((100, 10_000));
    }

    [Test]
    public void Should_hold_a_text_that_has_no_length_of_its_own()
    {
        var limits = new IntakeLimits { TextCharacters = 3 };
        Check<Closed>("""{"name":"abc"}""", limits).ShouldBeEmpty();
        Check<Closed>("""{"name":"äöü"}""", limits).ShouldBeEmpty();
        Check<Closed>("""{"name":"abcd"}""", limits)
            .ShouldHaveSingleItem()
            .ShouldBe(new Refusal("name", "a text of at most 3 characters (Limits:TextCharacters)", "a string of 4 characters"));
    }

    [Test]
    public void Should_not_hold_a_text_that_has_one() =>
        Check<Order>(
                Order.Valid.Replace("\"4711\"", "\"12345678901234567890\"", StringComparison.Ordinal),
                new IntakeLimits { TextCharacters = 10 }
            )
            .ShouldBeEmpty();

    [Test]
    public void Should_hold_a_list_that_has_no_size_of_its_own()
    {
        var limits = new IntakeLimits { ListItems = 2 };
        Check<Line>("""{"name":"a","gifts":["b","c"]}""", limits).ShouldBeEmpty();
        Check<Line>("""{"name":"a","gifts":["b","c","d"]}""", limits)
            .ShouldHaveSingleItem()
            .ShouldBe(new Refusal("gifts", "a list of at most 2 entries (Limits:ListItems)", "a list of 3"));
    }

    [TestCase("[]", "a list of 0")]
    [TestCase(
        "[{\"name\":\"a\",\"gifts\":[]},{\"name\":\"a\",\"gifts\":[]},{\"name\":\"a\",\"gifts\":[]},{\"name\":\"a\",\"gifts\":[]}]",
        "a list of 4"
    )]
    public void Should_not_hold_a_list_that_has_one(string json, string got) =>
        Contract
            .Of<Order>()
            .Check(Order.With("lines", json), new IntakeLimits { ListItems = 1 })
            .ShouldHaveSingleItem()
            .ShouldBe(new Refusal("lines", "a list of 1 to 3 entries", got));

    [Test]
    public void Should_hold_a_document_to_the_byte()
    {
        var limits = new IntakeLimits { DocumentBytes = 1024 };
        Contract.Of<Order>().Check(Order.With("extra", Document(1024)), limits).ShouldBeEmpty();
        Contract
            .Of<Order>()
            .Check(Order.With("extra", Document(1025)), limits)
            .ShouldHaveSingleItem()
            .ShouldBe(new Refusal("extra", "an object of at most 1024 bytes (Limits:DocumentBytes)", "1025 bytes"));
    }

    [TestCase("{\"x\":{\"y\":[1]}}", null)]
    [TestCase("{\"x\":{\"y\":[[1]]}}", "x.y[0]")]
    [TestCase("{\"x\":{\"y\":{\"z\":{}}}}", "x.y.z")]
    [TestCase("{\"name\":[[[1]]]}", "name")]
    public void Should_hold_the_depth(string json, string? path)
    {
        var refusals = Check<Open>(json, new IntakeLimits { Depth = 3 }).Where(refusal => refusal.Got == "more levels");
        refusals.ShouldBe(path is null ? [] : [new Refusal(path, "at most 3 levels of objects and lists", "more levels")]);
    }

    [Test]
    public void Should_hold_the_depth_of_records_and_lists_too()
    {
        var limits = new IntakeLimits { Depth = 2 };
        Check<Tree>("""{"name":"a","child":{"name":"b"}}""", limits).ShouldBeEmpty();
        Check<Tree>("""{"name":"a","child":{"name":"b","child":{"name":"c"}}}""", limits)
            .ShouldHaveSingleItem()
            .Path.ShouldBe("child.child");
        Contract.Of<Order>().Check(Encoding.UTF8.GetBytes(Order.Valid), limits).ShouldHaveSingleItem().Path.ShouldBe("lines[0]");
        Contract
            .Of<Order>()
            .Check(Encoding.UTF8.GetBytes(Order.Valid), new IntakeLimits { Depth = 3 })
            .ShouldHaveSingleItem()
            .Path.ShouldBe("lines[0].gifts");
    }

    [Test]
    public void Should_list_so_many_refusals_and_no_more()
    {
        var json = $"{{\"name\":\"a\",\"gifts\":[{string.Join(',', Enumerable.Repeat("1", 25))}]}}";
        Check<Line>(json, null).Count.ShouldBe(20);
        Contract.Of<Line>().Check(Encoding.UTF8.GetBytes(json), most: 1).ShouldHaveSingleItem().Path.ShouldBe("gifts[0]");
        Contract.Of<Line>().CheckText(Encoding.UTF8.GetBytes(json)).Count.ShouldBe(20);
    }

    private static string Document(int bytes) => $"{{\"x\":\"{new string('a', bytes - 8)}\"}}";

    private static IReadOnlyList<Refusal> Check<T>(string json, IntakeLimits? limits) =>
        Contract.Of<T>().Check(Encoding.UTF8.GetBytes(json), limits);

    private sealed record Open(string? Name = null);
}
