using System.Collections.Immutable;
using System.Text;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Intake.Tests;

public sealed class When_a_type_describes_itself
{
    [Test]
    public void Should_have_the_fields_that_are_read_into_it_in_the_order_of_their_declaration() =>
        Fields<Described>()
            .Select(field => field.Name)
            .ShouldBe(["short", "atMost", "atLeast", "anyKey", "optional", "demanded", "defaulted", "other_name", "settable", "needed"]);

    [TestCase("short", true, false)]
    [TestCase("optional", false, true)]
    [TestCase("demanded", true, false)]
    [TestCase("defaulted", false, false)]
    [TestCase("settable", false, false)]
    [TestCase("needed", true, false)]
    public void Should_require_what_has_no_default_and_take_null_where_it_is_nullable(string name, bool isRequired, bool isNullable)
    {
        var field = Fields<Described>().Single(field => field.Name == name);
        (field.IsRequired, field.Shape.IsNullable).ShouldBe((isRequired, isNullable));
    }

    [TestCase("short", "a text of 2 to 5 characters")]
    [TestCase("atMost", "a text of at most 4 characters")]
    [TestCase("atLeast", "a text of 3 characters or more")]
    [TestCase("anyKey", "a key of 1 characters or more")]
    [TestCase("optional", "a text")]
    public void Should_take_the_length_of_a_text_from_any_attribute(string name, string expected) =>
        Expected<Described>(name).ShouldBe(expected);

    [TestCase("int", "a whole number from -2147483648 to 2147483647")]
    [TestCase("long", "a whole number from -9223372036854775808 to 9223372036854775807")]
    [TestCase("short", "a whole number from -32768 to 32767")]
    [TestCase("double", "a number")]
    [TestCase("float", "a number")]
    [TestCase("decimal", "a decimal, written with digits and at most one point, like 12.50")]
    [TestCase("atLeast", "a decimal of 0.5 or more, written with digits and at most one point, like 12.50")]
    [TestCase("atMost", "a decimal of at most 9.5, written with digits and at most one point, like 12.50")]
    public void Should_know_how_much_a_number_holds(string name, string expected) => Expected<Numbers>(name).ShouldBe(expected);

    [TestCase("array", "a list")]
    [TestCase("few", "a list of 2 to 3 entries")]
    [TestCase("some", "a list of 1 entries or more")]
    [TestCase("counts", "an object")]
    public void Should_know_how_long_a_list_is(string name, string expected) => Expected<Collections>(name).ShouldBe(expected);

    [TestCase("array", "[null]", "array[0]")]
    [TestCase("nullables", "[null, \"a\"]", null)]
    [TestCase("few", "[1, 2, 3]", null)]
    [TestCase("few", "[1]", "few")]
    [TestCase("few", "[1, 2, 3, 4]", "few")]
    [TestCase("some", "[]", "some")]
    [TestCase("counts", "{\"a\": 1}", null)]
    [TestCase("counts", "{\"a\": null}", "counts.a")]
    [TestCase("counts", "[]", "counts")]
    [TestCase("pair", "{\"first\": \"a\", \"second\": 1}", null)]
    [TestCase("pair", "{\"first\": 1, \"second\": 1}", "pair.first")]
    public void Should_describe_what_is_in_a_collection(string field, string json, string? path)
    {
        string[] fields =
        [
            "\"array\":[]",
            "\"nullables\":[]",
            "\"few\":[1,2]",
            "\"some\":[\"a\"]",
            "\"counts\":{}",
            "\"pair\":{\"first\":\"a\",\"second\":1}",
        ];
        var text =
            $"{{{string.Join(',', fields.Where(one => !one.StartsWith($"\"{field}\"", StringComparison.Ordinal)).Append($"\"{field}\":{json}"))}}}";
        Contract.Of<Collections>().Check(Encoding.UTF8.GetBytes(text)).Select(refusal => refusal.Path).ShouldBe(path is null ? [] : [path]);
    }

    [Test]
    public void Should_have_the_fields_of_its_base_first() =>
        Fields<Derived>().Select(field => field.Name).ShouldBe(["first", "second", "third"]);

    [Test]
    public void Should_be_read_by_the_constructor_that_is_marked() =>
        Fields<TwoConstructors>().ShouldHaveSingleItem().IsRequired.ShouldBeTrue();

    [Test]
    public void Should_be_read_without_a_constructor_when_it_has_several_and_none_is_marked() =>
        Fields<NoMarkedConstructor>().ShouldHaveSingleItem().Name.ShouldBe("set");

    [Test]
    public void Should_have_words_in_the_case_of_the_wire() => Expected<Order>("urgency").ShouldBe("one of: normal, very_urgent");

    [TestCase(typeof(char))]
    [TestCase(typeof(byte))]
    [TestCase(typeof(DateTime))]
    [TestCase(typeof(Uri))]
    [TestCase(typeof(IDisposable))]
    [TestCase(typeof(Shape))]
    [TestCase(typeof(List<char>))]
    public void Should_be_refused_when_the_intake_cannot_know_it(Type type) =>
        Should.Throw<InvalidOperationException>(() => Contract.Of(type)).Message.ShouldContain("cannot be described for the intake");

    [Test]
    public void Should_have_64_fields_and_no_more()
    {
        Contract.Of<Sixtyfour>().Check("""{"h7":1}"""u8).ShouldBeEmpty();
        Contract
            .Of<Sixtyfour>()
            .Check("""{"a0":1}"""u8)
            .ShouldHaveSingleItem()
            .ShouldBe(new Refusal("h7", "a whole number from -2147483648 to 2147483647", "nothing"));
        Contract.Of<Sixtyfour>().Check("""{"h7":1,"h7":2}"""u8).ShouldHaveSingleItem().Expected.ShouldBe("this field once");
        Should.Throw<InvalidOperationException>(() => Contract.Of<Sixtyfive>()).Message.ShouldContain("Sixtyfive has more than 64 fields");
    }

    [Test]
    public void Should_be_the_same_however_often_it_is_asked()
    {
        var tree = (ObjectShape)Contract.Of<Tree>().Shape;
        Contract.Of<Tree>().ShouldBeSameAs(Contract.Of<Tree>());
        tree.Fields[1].Shape.ShouldBe(tree, "it leads back to itself");
        tree.Fields[1].Shape.GetHashCode().ShouldBe(tree.GetHashCode());
        tree.Equals((ObjectShape)Contract.Of<Line>().Shape).ShouldBeFalse();
        tree.Equals(null).ShouldBeFalse();
    }

    private static ImmutableArray<Field> Fields<T>() => ((ObjectShape)Contract.Of<T>().Shape).Fields;

    private static string Expected<T>(string name) => Fields<T>().Single(field => field.Name == name).Shape.Expected;
}
