using System.Text;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Intake.Tests;

/// <summary>A CloudEvent in structured mode. What its data is, the message's own type says.</summary>
public sealed class When_an_event_is_checked
{
    private const string Id = "\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\"";

    [Test]
    public void Should_take_one_with_what_it_must_have() => Check(Event()).ShouldBeEmpty();

    [TestCase("\"datacontenttype\":\"application/json\"")]
    [TestCase("\"datacontenttype\":\"application/json; charset=utf-8\"")]
    [TestCase("\"datacontenttype\":\"Application/JSON\"")]
    [TestCase("\"datacontenttype\":null")]
    [TestCase("\"subject\":\"saga-1\",\"time\":\"2026-02-28T12:00:00Z\"")]
    [TestCase("\"subject\":null,\"time\":null")]
    [TestCase("\"dataschema\":\"https://example.test/schema\",\"comment\":7")]
    public void Should_take(string attributes) => Check(Event(attributes)).ShouldBeEmpty();

    [TestCase("\"datacontenttype\":\"text/plain\"", "datacontenttype")]
    [TestCase("\"datacontenttype\":\"application\"", "datacontenttype")]
    [TestCase("\"datacontenttype\":\"json\"", "datacontenttype")]
    [TestCase("\"datacontenttype\":\"\"", "datacontenttype")]
    [TestCase("\"datacontenttype\":7", "datacontenttype")]
    [TestCase("\"time\":\"yesterday\"", "time")]
    public void Should_refuse(string attributes, string path) => Check(Event(attributes)).ShouldHaveSingleItem().Path.ShouldBe(path);

    [TestCase("\"specversion\":\"1.0\"", "\"specversion\":\"0.3\"", "specversion")]
    [TestCase("\"source\":\"/shop\"", "\"source\":\"\"", "source")]
    [TestCase("\"type\":\"urn:message:Shop:Paid\"", "\"type\":1", "type")]
    [TestCase(Id, "\"1\"", "id")]
    [TestCase("\"data\":{}", "\"data\":[]", "data")]
    public void Should_refuse_what_is_not_as_it_must_be(string right, string wrong, string path) =>
        Check(Event().Replace(right, wrong, StringComparison.Ordinal)).ShouldHaveSingleItem().Path.ShouldBe(path);

    [Test]
    public void Should_say_what_is_missing() =>
        Check("{}")
            .Select(refusal => (refusal.Path, refusal.Got))
            .ShouldBe([("specversion", "nothing"), ("id", "nothing"), ("source", "nothing"), ("type", "nothing"), ("data", "nothing")]);

    [Test]
    public void Should_forgive_parameters_of_the_content_type_and_nothing_beside() =>
        Check(Event("\"datacontenttype\":\"application/json; charset=utf-8\",\"subject\":7"))
            .ShouldHaveSingleItem()
            .Path.ShouldBe("subject");

    [TestCase("")]
    [TestCase("{\"datacontenttype\":")]
    [TestCase("[\"datacontenttype\"]")]
    public void Should_refuse_what_is_no_object(string json) => Check(json).ShouldHaveSingleItem().Path.ShouldBeEmpty();

    // The data is held to its own limits, when its type is known.
    [Test]
    public void Should_take_data_of_any_size() =>
        Check(Event().Replace("\"data\":{}", $"\"data\":{{\"x\":\"{new string('a', 100_000)}\"}}", StringComparison.Ordinal))
            .ShouldBeEmpty();

    private static string Event(string? attributes = null)
    {
        var more = attributes is null ? string.Empty : "," + attributes;
        return $$"""{"specversion":"1.0","id":{{Id}},"source":"/shop","type":"urn:message:Shop:Paid","data":{}{{more}}}""";
    }

    private static IReadOnlyList<Refusal> Check(string json) => CloudEvent.Check(Encoding.UTF8.GetBytes(json));
}
