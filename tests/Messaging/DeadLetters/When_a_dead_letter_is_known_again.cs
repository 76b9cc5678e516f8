using System.Text;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>The letter in its queue and its copy in an index have one id, whoever made it a dead letter.</summary>
public sealed class When_a_dead_letter_is_known_again
{
    private static readonly byte[] Body = "{}"u8.ToArray();

    [Test]
    public void Should_be_who_its_header_says()
    {
        var id = Guid.CreateVersion7();
        Of(new() { [SagaHeaders.DeadLetterId] = Encoding.UTF8.GetBytes(id.ToString()) }).ShouldBe(id);
    }

    [TestCase("no id")]
    [TestCase("00000000-0000-0000-0000-000000000000")]
    public void Should_be_told_by_its_content_when_its_header_is_no_id(string header) =>
        Of(new() { [SagaHeaders.DeadLetterId] = Encoding.UTF8.GetBytes(header) }).ShouldBe(Of([]));

    [Test]
    public void Should_be_the_same_however_often_it_was_looked_at() =>
        Of(new() { ["x-death"] = Death("expired"), ["x-delivery-count"] = 7L }).ShouldBe(Of(new() { ["x-death"] = Death("expired") }));

    [Test]
    public void Should_be_another_when_anything_of_it_is_another()
    {
        Guid[] ids =
        [
            Of([]),
            Of([], queue: "payments"),
            Of([], messageId: "m-2"),
            Of([], body: "[]"u8.ToArray()),
            Of(new() { ["x-death"] = Death("expired") }),
            Of(new() { ["x-death"] = Death("rejected") }),
            Of(new() { [SagaHeaders.DeadLetterAt] = "2026-01-31T12:00:00Z"u8.ToArray() }),
        ];
        ids.ShouldBeUnique();
    }

    [Test]
    public void Should_have_a_new_id_each_time_that_it_dies()
    {
        string? Id() =>
            DeadLetterHeaders
                .Of("inventory", "malformed", "Mend it.", DateTime.UtcNow)
                .Single(header => header.Key == SagaHeaders.DeadLetterId)
                .Value;
        Id().ShouldNotBe(Id());
    }

    private static Guid Of(
        Dictionary<string, object?> headers,
        string queue = "inventory",
        string messageId = "m-1",
        byte[]? body = null
    ) => LetterIdentity.Of(new BasicProperties { MessageId = messageId, Headers = headers }, queue, body ?? Body);

    private static List<object?> Death(string reason) =>
        [
            new Dictionary<string, object?>
            {
                ["queue"] = "inventory"u8.ToArray(),
                ["reason"] = Encoding.UTF8.GetBytes(reason),
                ["time"] = new AmqpTimestamp(7),
                ["count"] = 1L,
            },
        ];
}
