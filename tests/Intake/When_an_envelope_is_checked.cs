using System.Text;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Intake.Tests;

public sealed class When_an_envelope_is_checked
{
    private const string Id = "\"messageId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\"";
    private const string Type = "\"messageType\":[\"urn:message:Orders:StartOrder\"]";

    [TestCase($"{{{Id},{Type},\"message\":{{}}}}")]
    [TestCase($"{{{Id},{Type},\"message\":{{\"a\":1}},\"correlationId\":null,\"headers\":{{\"x\":[1]}},\"host\":7}}")]
    public void Should_be_taken_with_whatever_else_a_bus_adds(string json) => Envelope.Check(Encoding.UTF8.GetBytes(json)).ShouldBeEmpty();

    [TestCase($"{{{Type},\"message\":{{}}}}", "messageId")]
    [TestCase($"{{{Id},\"message\":{{}}}}", "messageType")]
    [TestCase($"{{{Id},\"messageType\":[],\"message\":{{}}}}", "messageType")]
    [TestCase($"{{{Id},{Type}}}", "message")]
    [TestCase($"{{{Id},{Type},\"message\":[]}}", "message")]
    [TestCase($"{{{Id},{Type},\"message\":null}}", "message")]
    [TestCase($"{{{Id},{Type},\"message\":{{}},\"correlationId\":\"4711\"}}", "correlationId")]
    public void Should_be_refused_without_what_it_needs(string json, string path) =>
        Envelope.Check(Encoding.UTF8.GetBytes(json)).ShouldHaveSingleItem().Path.ShouldBe(path);

    [Test]
    public void Should_leave_the_size_of_its_message_to_the_limit_of_messages() =>
        Envelope.Check(Encoding.UTF8.GetBytes($"{{{Id},{Type},\"message\":{{\"x\":\"{new string('a', 500_000)}\"}}}}")).ShouldBeEmpty();

    [TestCase(50, true)]
    [TestCase(51, false)]
    public void Should_have_at_most_50_types(int count, bool isTaken) =>
        (
            Envelope
                .Check(
                    Encoding.UTF8.GetBytes(
                        $"{{{Id},\"messageType\":[{string.Join(',', Enumerable.Repeat("\"urn:message:A:B\"", count))}],\"message\":{{}}}}"
                    )
                )
                .Count == 0
        ).ShouldBe(isTaken);
}
