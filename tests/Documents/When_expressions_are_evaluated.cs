using System.Text.Json;
using SagaOrchestrator.Documents.Expressions;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.DocumentTests;

public sealed class When_expressions_are_evaluated
{
    private static readonly Shape Data = ObjectShape.Of(
        "data",
        isClosed: false,
        [
            new Field("price", new DecimalShape(decimal.MinValue, decimal.MaxValue, null), IsRequired: true),
            new Field("items", new ListShape(new FreeShape(IsObject: true), 0, null), IsRequired: true),
            new Field("name", new TextShape(0, null, IsKey: false), IsRequired: true),
        ]
    );

    private static readonly Dictionary<string, object?> Roots = new()
    {
        ["data"] = Values.Of(
            JsonElement.Parse("""{"price":"0.1","items":[{"n":2},{"n":3}],"name":"Zoë","none":null,"big":12345678901234567890}"""),
            Data
        ),
    };

    // A list and an object of 5000 entries, and a short list to go over.
    private static readonly Dictionary<string, object?> Large = new()
    {
        ["data"] = Values.Of(
            JsonSerializer.SerializeToElement(
                new
                {
                    s = Enumerable.Range(0, 400),
                    b = Enumerable.Range(1, 5000),
                    o = Enumerable.Range(1, 5000).ToDictionary(number => $"n{number}", number => number),
                }
            ),
            shape: null
        ),
    };

    [TestCase("1 + 2 * 3", "7")]
    [TestCase("(1 + 2) * 3", "9")]
    [TestCase("-7 / 2", "-3")]
    [TestCase("-7 % 3", "-1")]
    [TestCase("data.price + 0.2 == 0.3", "true")]
    [TestCase("data.price * 3", "\"0.3\"")]
    [TestCase("1 == 1.0", "true")]
    [TestCase("'1' == 1", "false")]
    [TestCase("data.items.map(i, i.n * 2)", "[4,6]")]
    [TestCase("data.items.filter(i, i.n > 2).size()", "1")]
    [TestCase("data.items.all(i, i.n > 1) && data.items.exists_one(i, i.n == 3)", "true")]
    [TestCase("sum(data.items.map(i, i.n))", "5")]
    [TestCase("greatest([1, 2.5, 2])", "\"2.5\"")]
    [TestCase("round(10 / 4.0, 1)", "\"2.5\"")]
    [TestCase("data.items[1].n", "3")]
    [TestCase("data['name'] + '!'", "\"Zoë!\"")]
    [TestCase("size(data.name)", "3")]
    [TestCase("has(data.none) || has(data.nothing)", "false")]
    [TestCase("has(data.nothing) ? data.nothing : 'x'", "\"x\"")]
    [TestCase("data.nothing == 1 || true", "true")]
    [TestCase("false && 1 / 0 == 1", "false")]
    [TestCase("'b' in ['a', 'b'] && !('n' in {'m': 1})", "true")]
    [TestCase("'a,b'.contains(',') && 'abc'.substring(1, 2) == 'b'", "true")]
    [TestCase("['a', 'b'].join('-').upperAscii()", "\"A-B\"")]
    [TestCase("{'a': [1, null], 'b': null}", """{"a":[1,null]}""")]
    [TestCase("int('12') + int(1.9)", "13")]
    [TestCase("string(1.50)", "\"1.5\"")]
    [TestCase("\"it's \\u00e9\"", "\"it's é\"")]
    public void Should_have_this_value(string text, string expected) =>
        JsonSerializer.Serialize(Expression.Parse(text).ToJson(Roots), Relaxed).ShouldBe(expected);

    [TestCase("data.nothing", "there is no field 'nothing'")]
    [TestCase("1 / 0", "a division by zero")]
    [TestCase("9223372036854775807 + 1", "the number is too large")]
    [TestCase("1 + 'a'", "'+' does not go with an int and a string")]
    [TestCase("data.items[9]", "no such entry")]
    [TestCase("now()", "there is no function 'now'")]
    [TestCase("'a'.matches('(a+)+$')", "there is no function 'matches'")]
    [TestCase("1 ? 2 : 3", "true or false is needed")]
    [TestCase("'a' < 1", "cannot be compared")]
    [TestCase("env", "nothing is called 'env'")]
    public void Should_have_no_value(string text, string why) =>
        Should.Throw<ExpressionException>(() => Expression.Parse(text).Evaluate(Roots)).Message.ShouldContain(why);

    [Test]
    public void Should_forget_the_variable_of_a_macro_that_has_failed()
    {
        var roots = new Dictionary<string, object?>(Roots) { ["i"] = 7L };
        Expression.Parse("data.items.exists(i, i.nothing == 1) || i == 7").Evaluate(roots).ShouldBe(true);
        Expression.Parse("[1].exists(i, [2].exists(i, i.nothing == 1) || i == 1)").Evaluate(roots).ShouldBe(true);
    }

    [TestCase("1 +")]
    [TestCase("(1")]
    [TestCase("'open")]
    [TestCase("1 2")]
    [TestCase("a b")]
    [TestCase("data.")]
    [TestCase("1x")]
    [TestCase("a; b")]
    [TestCase("has(1)")]
    [TestCase("[1, 2")]
    public void Should_be_refused(string text) =>
        Should.Throw<ExpressionException>(() => Expression.Parse(text)).Message.ShouldContain("character");

    [Test]
    public void Should_be_bounded_in_length_depth_steps_and_size()
    {
        Should.Throw<ExpressionLimitException>(() => Expression.Parse(new string('1', 3000)));
        Should.Throw<ExpressionLimitException>(() => Expression.Parse(new string('(', 900) + "1" + new string(')', 900)));
        Should.Throw<ExpressionLimitException>(() => Expression.Parse(new string('!', 900) + "true"));
        var many = new Dictionary<string, object?> { ["l"] = Enumerable.Range(0, 300).Select(number => (object?)(long)number).ToList() };
        Should.Throw<ExpressionLimitException>(() => Expression.Parse("l.all(a, l.all(b, l.all(c, true)))").Evaluate(many));
        Should.Throw<ExpressionLimitException>(() => Expression.Parse("l.all(a, l.all(b, false || l.all(c, true)))").Evaluate(many));
        var text = "'" + new string('x', 1_900) + "'";
        Should.Throw<ExpressionLimitException>(() => Expression.Parse($"l.map(i, {text}).join('')").Evaluate(many));
    }

    [TestCase("data.s.map(i, [data, data, data, data])")]
    [TestCase("data.s.map(i, {'held': data.b})")]
    public void Should_make_no_more_JSON_than_there_is_room_for(string text)
    {
        var expression = Expression.Parse(text);
        Should.NotThrow(() => expression.Evaluate(Large));
        Should.Throw<ExpressionLimitException>(() => expression.ToJson(Large)).Message.ShouldContain("1000000 characters");
    }

    [Test]
    public void Should_count_a_list_each_time_that_it_is_written_out()
    {
        var doubled = Enumerable
            .Range(1, 6)
            .Reverse()
            .Aggregate("l6", (inner, n) => $"[[{string.Join(", ", Enumerable.Repeat($"l{n - 1}", 10))}]].map(l{n}, {inner})");
        var roots = new Dictionary<string, object?> { ["l0"] = 1L };
        Should.Throw<ExpressionLimitException>(() => Expression.Parse(doubled).ToJson(roots));
    }

    [TestCase("data.s.map(i, data.b == data.b)")]
    [TestCase("data.s.map(i, data.o == data.o)")]
    [TestCase("data.s.map(i, 5000 in data.b)")]
    [TestCase("data.s.map(i, data.b + data.b)")]
    [TestCase("data.s.map(i, sum(data.b))")]
    [TestCase("data.s.map(i, data.b.exists(j, true))")]
    public void Should_count_what_is_copied_out_of_JSON(string text) =>
        Should.Throw<ExpressionLimitException>(() => Expression.Parse(text).Evaluate(Large));

    [Test]
    public void Should_tell_a_size_and_a_kind_without_a_copy()
    {
        Expression.Parse("data.s.all(i, size(data.b) == 5000 && size(data.o) == 5000)").Holds(Large).ShouldBeTrue();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Expression.Parse("data.s.map(i, size(data.b))").Evaluate(Large);
        Expression.Parse("data.s.all(i, data.b > 1 || 'no' in data.o || true)").Holds(Large).ShouldBeTrue();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000_000);
    }

    [Test]
    public void Should_have_the_same_value_each_time() =>
        Enumerable
            .Range(0, 50)
            .Select(_ => Expression.Parse("string(sum(data.items.map(i, i.n * data.price)))").ToJson(Roots)!.ToJsonString())
            .Distinct()
            .ShouldHaveSingleItem()
            .ShouldBe("\"0.5\"");

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
