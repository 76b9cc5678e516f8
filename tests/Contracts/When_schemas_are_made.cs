using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using Json.Schema;
using SagaOrchestrator.Contracts.Schemas;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Intake.Tests;

namespace SagaOrchestrator.Contracts.Tests;

/// <summary>A schema is the intake's description for other languages: it takes what the intake takes.</summary>
[Property("Rule", "S39")]
public sealed class When_schemas_are_made
{
    private static readonly JsonSchema Schema = Of<Everything>();

    private static readonly KeyValuePair<string, string>[] Right =
    [
        new("key", "\"K-1\""),
        new("text", "\"some text\""),
        new("free", "\"\""),
        new("amount", "\"12.50\""),
        new("any", "-0.5"),
        new("whole", "3"),
        new("number", "1.5"),
        new("flag", "true"),
        new("id", "\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\""),
        new("day", "\"2026-01-31\""),
        new("at", "\"2026-01-31T12:00:00+01:00\""),
        new("within", "\"00:00:30\""),
        new("word", "\"second\""),
        new("list", "[\"a\"]"),
        new("map", "{\"a\":1}"),
        new("object", "{\"a\":{\"b\":[1]}}"),
        new("inner", "{\"name\":\"n\",\"again\":null}"),
    ];

    [Test]
    public void Should_take_whatever_the_intake_takes() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3000),
            Prop.ForAll(DrawnDocuments.Of(Right).ToArbitrary(), json => !IsTaken(json) || Evaluates(json))
        );

    [Test]
    public void Should_take_a_document_that_is_right()
    {
        var json = "{" + string.Join(',', Right.Select(field => $"\"{field.Key}\":{field.Value}")) + "}";
        (IsTaken(json), Evaluates(json)).ShouldBe((true, true));
    }

    [TestCase("key", "\"\"")]
    [TestCase("key", "\" K\"")]
    [TestCase("key", "\"K\\u0000\"")]
    [TestCase("text", "\"  \"")]
    [TestCase("text", "\"more than ten\"")]
    [TestCase("free", "\"a\\u0000b\"")]
    [TestCase("amount", "\"12,50\"")]
    [TestCase("amount", "\"1e3\"")]
    [TestCase("amount", "\".5\"")]
    [TestCase("amount", "\"1.\"")]
    [TestCase("amount", "\"-1\"")]
    [TestCase("amount", "\"1.23456\"")]
    [TestCase("amount", "1000001")]
    [TestCase("any", "\"+1\"")]
    [TestCase("whole", "0")]
    [TestCase("whole", "1.5")]
    [TestCase("whole", "\"1\"")]
    [TestCase("flag", "\"true\"")]
    [TestCase("id", "\"{8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55}\"")]
    [TestCase("id", "\"00000000-0000-0000-0000-000000000000\"")]
    [TestCase("day", "\"31.01.2026\"")]
    [TestCase("at", "\"2026-01-31T12:00:00\"")]
    [TestCase("within", "\"30s\"")]
    [TestCase("word", "\"Second\"")]
    [TestCase("word", "2")]
    [TestCase("list", "[]")]
    [TestCase("list", "[\"a\",\"b\",\"c\",\"d\"]")]
    [TestCase("object", "[]")]
    [TestCase("inner", "{}")]
    [TestCase("inner", "null")]
    public void Should_refuse_another_form_as_the_intake_does(string field, string value)
    {
        var json = "{" + string.Join(',', Right.Select(one => $"\"{one.Key}\":{(one.Key == field ? value : one.Value)}")) + "}";
        (IsTaken(json), Evaluates(json)).ShouldBe((false, false));
    }

    [Test]
    public void Should_refuse_unknown_fields_where_the_intake_does()
    {
        const string json = "{\"name\":\"n\",\"more\":1}";
        Contract.Of<Closed>().Check(Encoding.UTF8.GetBytes(json)).ShouldNotBeEmpty();
        Of<Closed>().Evaluate(JsonSerializer.Deserialize<JsonElement>(json)).IsValid.ShouldBeFalse();
    }

    // Another kind of value needs a schema here, and a line in these tests.
    [Test]
    public void Should_describe_every_kind_of_value() =>
        typeof(Shape)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Shape)) && !type.IsAbstract)
            .Except(((ObjectShape)Contract.Of<Everything>().Shape).Fields.Select(field => field.Shape.GetType()))
            .ShouldBeEmpty();

    private static bool IsTaken(string json) => Contract.Of<Everything>().Check(Encoding.UTF8.GetBytes(json)).Count == 0;

    private static bool Evaluates(string json) => Schema.Evaluate(JsonSerializer.Deserialize<JsonElement>(json)).IsValid;

    private static JsonSchema Of<T>()
    {
        var schemas = new ShapeSchemas(IntakeLimits.Default, "#/$defs/");
        var root = schemas.Of(Contract.Of<T>().Shape);
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        root["$defs"] = new JsonObject(schemas.Records);
        return JsonSchema.FromText(root.ToJsonString());
    }

    internal sealed record Everything(
        [property: Key] [Length(1, 20)] string Key,
        [Length(1, 10)] string Text,
        string Free,
        [System.ComponentModel.DataAnnotations.Range(typeof(decimal), "0", "1000000")] [DataType(DataType.Currency)] decimal Amount,
        decimal Any,
        [System.ComponentModel.DataAnnotations.Range(1, 10)] int Whole,
        double Number,
        bool Flag,
        Guid Id,
        DateOnly Day,
        DateTimeOffset At,
        TimeSpan Within,
        Rank Word,
        [Length(1, 3)] IReadOnlyList<string> List,
        IReadOnlyDictionary<string, int> Map,
        JsonElement Object,
        Inner Inner
    );

    internal sealed record Inner(string Name, Inner? Again);

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Closed(string Name);

    internal enum Rank
    {
        First,
        Second,
    }
}
