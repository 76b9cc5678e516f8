using System.Text;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Intake.Tests;

/// <summary>Each kind of value at the edge of what is taken, and one step beyond it.</summary>
public sealed class When_a_document_is_checked
{
    [Test]
    public void Should_take_a_valid_one() => Check(Encoding.UTF8.GetBytes(Order.Valid)).ShouldBeEmpty();

    [TestCase("total", "12.5")]
    [TestCase("total", "\"0\"")]
    [TestCase("total", "1000000")]
    [TestCase("total", "\"12.3456\"")]
    [TestCase("quantity", "1")]
    [TestCase("quantity", "100")]
    [TestCase("urgency", "\"normal\"")]
    [TestCase("paidBy", "\"cash\"")]
    [TestCase("orderedOn", "\"2026-02-28\"")]
    [TestCase("orderedOn", "null")]
    [TestCase("dueAt", "\"2026-02-28T12:00:00+01:00\"")]
    [TestCase("weight", "1.5e3")]
    [TestCase("note", "\"\\ud83d\\ude00 and a \\\"quote\\\"\"")]
    [TestCase("extra", "{\"a\":[1,{\"b\":null}],\"c\":\"\"}")]
    [TestCase("labels", "{\"a\":\"b\",\"c\":null}")]
    [TestCase("orderId", "\"Größe 10-ü\"")]
    [TestCase("unknown", "[1,2,{\"x\":true}]")]
    public void Should_take(string field, string json) => Check(Order.With(field, json)).ShouldBeEmpty();

    [TestCase("total", "\"4,40\"")]
    [TestCase("total", "\"44,00\"")]
    [TestCase("total", "\"1e0\"")]
    [TestCase("total", "1e0")]
    [TestCase("total", "\" 1\"")]
    [TestCase("total", "\"+1\"")]
    [TestCase("total", "\"1.\"")]
    [TestCase("total", "\".5\"")]
    [TestCase("total", "\"1.2.3\"")]
    [TestCase("total", "\"\"")]
    [TestCase("total", "\"-\"")]
    [TestCase("total", "\"\\u0031\"")]
    [TestCase("total", "1000000.01")]
    [TestCase("total", "-1")]
    [TestCase("total", "\"12.34567\"")]
    [TestCase("total", "12345678901234567890123456789")]
    [TestCase("total", "null")]
    [TestCase("total", "true")]
    [TestCase("total", "{}")]
    [TestCase("quantity", "\"1\"")]
    [TestCase("quantity", "1.0")]
    [TestCase("quantity", "1e0")]
    [TestCase("quantity", "0")]
    [TestCase("quantity", "101")]
    [TestCase("quantity", "99999999999999999999")]
    [TestCase("urgency", "1")]
    [TestCase("urgency", "\"Normal\"")]
    [TestCase("urgency", "\"veryUrgent\"")]
    [TestCase("paidBy", "\"Card\"")]
    [TestCase("customer", "\"00000000-0000-0000-0000-000000000000\"")]
    [TestCase("customer", "\"{8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55}\"")]
    [TestCase("customer", "\"8a0a3b9c6a0e4c119d380f3a2b9f7a55\"")]
    [TestCase("customer", "\"order-4711\"")]
    [TestCase("orderedOn", "\"2026-02-30\"")]
    [TestCase("orderedOn", "\"28.02.2026\"")]
    [TestCase("dueAt", "\"2026-02-28T12:00:00\"")]
    [TestCase("isGift", "\"true\"")]
    [TestCase("isGift", "null")]
    [TestCase("weight", "1e400")]
    [TestCase("orderId", "\"\"")]
    [TestCase("orderId", "\" 1\"")]
    [TestCase("orderId", "\"1 \"")]
    [TestCase("orderId", "\"a\\u200bb\"")]
    [TestCase("orderId", "\"a\\tb\"")]
    [TestCase("orderId", "\"123456789012345678901\"")]
    [TestCase("note", "\"a\\u0000b\"")]
    [TestCase("note", "\"\\ud83d\"")]
    [TestCase("note", "\"\\ude00\"")]
    [TestCase("extra", "[]")]
    [TestCase("extra", "\"text\"")]
    [TestCase("lines", "[]")]
    [TestCase("lines", "{}")]
    public void Should_refuse_and_name_the_field(string field, string json)
    {
        var refusal = Check(Order.With(field, json)).ShouldHaveSingleItem();
        refusal.Path.ShouldBe(field);
        refusal.Expected.ShouldNotBeEmpty();
        refusal.Got.ShouldNotBeEmpty();
    }

    [TestCase("lines", "[{\"name\":\"a\",\"gifts\":[]},{\"name\":1,\"gifts\":[]}]", "lines[1].name")]
    [TestCase("lines", "[{\"name\":\"a\"}]", "lines[0].gifts")]
    [TestCase("lines", "[{\"name\":\"a\",\"gifts\":[\"x\",2]}]", "lines[0].gifts[1]")]
    [TestCase("lines", "[null]", "lines[0]")]
    [TestCase("extra", "{\"a\":{\"b\":\"\\u0000\"}}", "extra.a.b")]
    [TestCase("extra", "{\"a\":[1,\"\\ud800\"]}", "extra.a[1]")]
    [TestCase("extra", "{\"a\":1,\"a\":2}", "extra.a")]
    [TestCase("extra", "{\"a\":1e999}", "extra.a")]
    [TestCase("extra", "{\"\\u0000\":1}", "extra.?")]
    [TestCase("unknown", "\"\\ud800\"", "unknown")]
    [TestCase("labels", "{\"a\":1}", "labels.a")]
    [TestCase("\\ud800rderId", "1", "?")]
    [TestCase("a\\u0000", "1", "?")]
    [TestCase("OrderId", "\"4711\"", "OrderId")]
    public void Should_name_the_path(string field, string json, string path) =>
        Check(Order.With(field, json)).ShouldContain(refusal => refusal.Path == path);

    [Test]
    public void Should_name_each_missing_field() =>
        Check("{}"u8).Select(refusal => refusal.Path).ShouldBe(["orderId", "total", "quantity", "urgency", "paidBy", "lines", "customer"]);

    [Test]
    public void Should_refuse_a_field_that_comes_twice() =>
        Check(Encoding.UTF8.GetBytes(Order.Valid.Replace("\"quantity\":2", "\"quantity\":2,\"quantity\":3", StringComparison.Ordinal)))
            .ShouldHaveSingleItem()
            .ShouldBe(new Refusal("quantity", "this field once", "this field twice"));

    [Test]
    public void Should_never_say_the_value()
    {
        var refusal = Check(Order.With("total", "\"tok_secret\"")).ShouldHaveSingleItem();
        refusal.ToString().ShouldNotContain("tok_secret");
        refusal.Got.ShouldBe("a string of 10 characters in another form");
    }

    [Test]
    public void Should_refuse_unknown_fields_of_a_closed_record() =>
        Contract
            .Of<Closed>()
            .Check("""{"name":"a","nmae":"b"}"""u8)
            .ShouldHaveSingleItem()
            .ShouldBe(new Refusal("nmae", "one of: name", "an unknown field"));

    [Test]
    public void Should_check_a_record_within_itself() =>
        Contract
            .Of<Tree>()
            .Check("""{"name":"a","child":{"name":"b","child":{"name":3}}}"""u8)
            .ShouldHaveSingleItem()
            .Path.ShouldBe("child.child.name");

    private static IReadOnlyList<Refusal> Check(ReadOnlySpan<byte> json) => Contract.Of<Order>().Check(json);
}
