using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Intake.Tests;

/// <summary>Values that not everybody may read: where they stand in a type and in a document, and what stands for them.</summary>
public sealed class When_members_are_marked
{
    private const string Document =
        """{"id":"A","name":"Ada <&> é","note":null,"homes":[{"city":"Rome","street":"Via 1"},{"city":"Bath","street":"Row 2"}]"""
        + ""","byKind":{"work":{"city":"Ulm","street":"Weg 3"}},"twin":{"city":"Oslo","street":"Gate 4"}"""
        + ""","unknown":{"name":[1,2.50]},"count":3}""";

    private static Shape Shape => Contract.Of<Customer>().Shape;

    [Test]
    public void Should_find_each_declaration_with_its_path()
    {
        MarkedMembers
            .All(Shape)
            .Select(member => member.Path)
            .ShouldBe(["name", "note", "homes[].street", "byKind.*.street", "twin.street", "tags", "scores"]);
        MarkedMembers.Any(Shape).ShouldBeTrue();
        MarkedMembers.Any(Contract.Of<Plain>().Shape).ShouldBeFalse();
    }

    [Test]
    public void Should_end_in_a_type_that_holds_itself() =>
        MarkedMembers.All(Contract.Of<Knot>().Shape).Select(member => member.Path).ShouldBe(["secret", "left.secret", "right.secret"]);

    [Test]
    public void Should_find_the_values_of_a_document_but_no_null() =>
        MarkedMembers
            .Of(Shape, JsonElement.Parse(Document))
            .Select(member => (member.Path, member.Value.GetString()))
            .ShouldBe([
                ("name", "Ada <&> é"),
                ("homes[0].street", "Via 1"),
                ("homes[1].street", "Row 2"),
                ("byKind.work.street", "Weg 3"),
                ("twin.street", "Gate 4"),
            ]);

    [Test]
    public void Should_replace_some_and_leave_everything_else_as_it_is()
    {
        var replaced = MarkedMembers.Replace(
            Shape,
            JsonElement.Parse(Document),
            member => member.Path is "name" or "homes[1].street" ? "\"<x>\"" : null
        );
        Encoding.UTF8.GetString(replaced).ShouldBe(Document.Replace("Ada <&> é", "<x>").Replace("Row 2", "<x>"));
    }

    [TestCase("""{"homes":"none","byKind":[],"twin":7,"name":"x"}""")]
    [TestCase("""[{"name":"x"}]""")]
    [TestCase("\"name\"")]
    public void Should_pass_over_what_is_not_of_its_type(string json) =>
        Encoding.UTF8.GetString(MarkedMembers.Replace(Shape, JsonElement.Parse(json), _ => null)).ShouldBe(json);

    [Test]
    public void Should_blank_what_is_encrypted_with_the_empty_value_of_its_type_and_nothing_else() =>
        MarkedMembers
            .Blank(
                Shape,
                """{"id":"enc:v1:a","name":"enc:v1:b","note":"enc:v1:forgotten","tags":"enc:v1:c","""
                    + "\"scores\":\"enc:v1:d\",\"twin\":{\"street\":\"open\"}}"
            )
            .ShouldBe("""{"id":"enc:v1:a","name":"","note":null,"tags":[],"scores":{},"twin":{"street":"open"}}""");

    [Test]
    public void Should_have_no_empty_value_of_a_key_or_a_number()
    {
        MarkedMembers.EmptyOf(new TextShape(1, null, IsKey: true)).ShouldBeNull();
        MarkedMembers.EmptyOf(new IntegerShape(0, 9)).ShouldBeNull();
        MarkedMembers.EmptyOf(new IntegerShape(0, 9) { IsNullable = true }).ShouldBe("null");
    }

    [TestCase("\"enc:v1:abc\"", true)]
    [TestCase("\"\\u0065nc:v1:abc\"", true)]
    [TestCase("\"enc:v1\"", false)]
    [TestCase("\"an enc:v1:abc\"", false)]
    [TestCase("7", false)]
    [TestCase("null", false)]
    public void Should_know_an_encrypted_value(string json, bool isSealed) => SealedText.Is(JsonElement.Parse(json)).ShouldBe(isSealed);

    [TestCase("\"enc:v1:abc\"", true)]
    [TestCase("{\"a\":\"enc:v1:abc\"}", true)]
    [TestCase("{\"a\":\"an enc:v1:abc\"}", false)]
    [TestCase("{}", false)]
    public void Should_know_whether_a_document_may_have_one(string json, bool isIn)
    {
        SealedText.IsIn(json).ShouldBe(isIn);
        SealedText.IsIn(Encoding.UTF8.GetBytes(json)).ShouldBe(isIn);
    }

    public sealed record Plain(string Id);

    public sealed record Home(string City, [property: DataType("sensitive")] string Street);

    public sealed record Knot([property: DataType("sensitive")] string Secret, Other Left, Other Right);

    public sealed record Other([property: DataType("sensitive")] string Secret, Knot? Back);

    public sealed record Customer(
        string Id,
        [property: DataType("sensitive")] string Name,
        [property: DataType("sensitive")] string? Note,
        IReadOnlyList<Home> Homes,
        IReadOnlyDictionary<string, Home> ByKind,
        Home Twin,
        [property: DataType("sensitive")] IReadOnlyList<string> Tags,
        [property: DataType("sensitive")] IReadOnlyDictionary<string, int> Scores,
        int Count
    );
}
