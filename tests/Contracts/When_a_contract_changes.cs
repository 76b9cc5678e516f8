using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SagaOrchestrator.Contracts.Tests.Comparing;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Contracts.Tests;

/// <summary>What holds for those who have built on a contract, and what breaks whom.</summary>
public sealed class When_a_contract_changes
{
    private const string Command = "SagaOrchestrator.Contracts.Tests.When_a_contract_changes.Book";
    private const string Start = "SagaOrchestrator.Contracts.Tests.When_a_contract_changes.StartTrip";
    private const string MarkedCity =
        """{ "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 100 }, { "type": "string" }], "x-sensitive": true }""";
    private const string Result = "trip.v1.book.result";

    [Test]
    public void Should_find_nothing_in_the_same_contract() => Changes(_ => { }).ShouldBeEmpty();

    // What a participant gets.
    [TestCase(Command, "properties.city", null, "city: is gone")]
    [TestCase(Command, "properties.city", """{ "type": "integer" }""", "city: was string, is integer")]
    [TestCase(Command, "properties.nights.type", "\"string\"", "nights: was integer, is string")]
    [TestCase(Command, "properties.class.enum", """["first", "economy", "business"]""", "class: may be 'first' now")]
    [TestCase(Command, "properties.city.maxLength", "200", "city: maxLength was 100, is 200")]
    [TestCase(Command, "properties.price.anyOf.0.maximum", "2000", "price: maximum was 1000, is 2000")]
    [TestCase(Command, "required", """["saga", "nights", "class", "price"]""", "city: may be left out now")]
    [TestCase(
        Command,
        "properties.city",
        """{ "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 100 }, { "type": "null" }] }""",
        "city: may be null now"
    )]
    [TestCase(Command, "properties.city", MarkedCity, "city: comes encrypted now")]
    // What a participant answers.
    [TestCase(Result, "properties.room", null, "room: is gone")]
    [TestCase(Result, "properties.room.maxLength", "5", "room: maxLength was 10, is 5")]
    [TestCase(Result, "properties.kind.enum", """["single"]""", "kind: may not be 'double' any more")]
    [TestCase(Result, "properties.kind.type", "\"integer\"", "kind: was string, is integer")]
    [TestCase(Result, "required", """["room", "kind", "floor"]""", "floor: must be there now")]
    [TestCase(Result, "additionalProperties", "false", "takes no other fields any more")]
    // What a client sends.
    [TestCase(Start, "properties.tripId", null, "tripId: is gone")]
    [TestCase(Start, "properties.tripId.allOf", """[{ "pattern": "^T-" }]""", "tripId: is written in another form (allOf)")]
    [TestCase(Start, "properties.stops.maxItems", "2", "stops: maxItems was 10, is 2")]
    [TestCase(Start, "properties.stops.items.maxLength", "5", "stops[]: maxLength was 4000, is 5")]
    public void Should_name_what_breaks_and_for_whom(string schema, string path, string? value, string expected)
    {
        var breaks = Changes(contract => Set(Record(contract, schema), path, value)).ShouldHaveSingleItem();
        breaks.ToString().ShouldContain(expected);
        breaks.Message.ShouldBe(schema);
        breaks.UsedBy.ShouldContain("trip");
    }

    [TestCase(Command, "properties.wishes", """{ "type": "string" }""")]
    [TestCase(Command, "properties.class.enum", """["economy"]""")]
    [TestCase(Command, "properties.city.maxLength", "50")]
    [TestCase(Command, "properties.city.description", "\"where to\"")]
    [TestCase(Result, "properties.view", """{ "type": "string" }""")]
    [TestCase(Result, "properties.kind.enum", """["single", "double", "suite"]""")]
    [TestCase(Result, "properties.room.maxLength", "100")]
    [TestCase(Result, "required", """["room"]""")]
    [TestCase(Start, "properties.class", """{ "type": "string" }""")]
    [TestCase(
        Result,
        "properties.room",
        """{ "anyOf": [{ "type": "string", "maxLength": 10 }, { "type": "string" }], "x-sensitive": true }"""
    )]
    public void Should_let_pass_what_everybody_can_go_on_with(string schema, string path, string value) =>
        Changes(contract => Set(Record(contract, schema), path, value)).ShouldBeEmpty();

    [Test]
    public void Should_name_a_message_that_is_gone()
    {
        var breaks = Changes(contract => contract["$defs"]!.AsObject().Remove(Command)).ShouldHaveSingleItem();
        breaks.ToString().ShouldBe($"{Command}: is gone. Used by trip v1, step book (do) at hotels.");
    }

    // The one plan sends it under both names, until nobody knows the old one any more.
    [Test]
    public void Should_let_a_message_have_a_second_name() =>
        Changes(contract => contract["$defs"]!["Acme.BookRoom"] = contract["$defs"]![Command]!.DeepClone()).ShouldBeEmpty();

    private static IReadOnlyList<BreakingChange> Changes(Action<JsonNode> change)
    {
        var before = new ContractDocuments([new TripPlan()], "bookings", "/", new()).Write(ContractFormat.JsonSchema);
        var after = JsonNode.Parse(before)!;
        change(after);
        return SchemaComparison.Of(before, after.ToJsonString());
    }

    private static JsonNode Record(JsonNode contract, string schema)
    {
        var record = contract["$defs"]![schema]!;
        return (string?)record["allOf"]?[0]?["$ref"] is { } reference ? contract["$defs"]![reference["#/$defs/".Length..]]! : record;
    }

    private static void Set(JsonNode node, string path, string? value)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            node = node is JsonArray list ? list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]! : node[name]!;
        }

        if (value is null)
        {
            node.AsObject().Remove(names[^1]);
        }
        else
        {
            node[names[^1]] = JsonNode.Parse(value);
        }
    }

    internal sealed record StartTrip(
        [property: Key] [Length(1, 20)] string TripId,
        [Length(0, 10)] IReadOnlyList<string> Stops,
        IReadOnlyList<Note>? Notes
    );

    internal sealed record Note(string Text, IReadOnlyList<Note>? Answers);

    internal sealed record Book(
        [Length(1, 100)] string City,
        [System.ComponentModel.DataAnnotations.Range(1, 30)] int Nights,
        [AllowedValues("economy", "business")] string Class,
        [System.ComponentModel.DataAnnotations.Range(typeof(decimal), "0", "1000")] decimal Price
    ) : SagaCommand;

    internal sealed record Booked([Length(1, 10)] string Room, RoomKind Kind, int? Floor);

    [JsonConverter(typeof(JsonStringEnumConverter<RoomKind>))]
    internal enum RoomKind
    {
        [JsonStringEnumMemberName("single")]
        Single,

        [JsonStringEnumMemberName("double")]
        Double,
    }

    private sealed class TripPlan : Plan<StartTrip>
    {
        public TripPlan()
            : base("trip", version: 1) =>
            Step<Booked>("book").At("hotels").WithoutEffect().Do((_, _) => new Book("Rome", 2, "economy", 90m));

        public override StartTrip Example { get; } = new("T-1", ["Pisa"], null);

        public override string BusinessKey(StartTrip data) => data.TripId;

        public override IEnumerable<FieldError> Validate(StartTrip data) => [];
    }
}
