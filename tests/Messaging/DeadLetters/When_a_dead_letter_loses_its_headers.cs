using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>Redriven, it is what it was before.</summary>
public sealed class When_a_dead_letter_loses_its_headers
{
    [Test]
    public void Should_keep_those_that_it_was_sent_with()
    {
        var headers = LetterHeaders.Redriven(
            new BasicProperties
            {
                Headers = new Dictionary<string, object?>
                {
                    [SagaHeaders.DeadLetterId] = "1",
                    [SagaHeaders.DeadLetterReason] = "orphan",
                    ["dead-letter-invented"] = "x",
                    ["x-death"] = new List<object>(),
                    ["x-first-death-queue"] = "inventory",
                    ["x-last-death-reason"] = "expired",
                    ["x-delivery-count"] = 3L,
                    [SagaHeaders.SagaId] = "7",
                    ["x-mine"] = 7,
                    [SagaHeaders.DeadLetterEditedBy] = "ann",
                },
            }
        );
        headers.Keys.ShouldBe([SagaHeaders.SagaId, "x-mine", SagaHeaders.DeadLetterEditedBy]);
        headers["x-mine"].ShouldBe(7);
    }

    [TestCase("cloudEvents:")]
    [TestCase("cloudEvents_")]
    public void Should_hold_the_id_of_an_edited_event_even_if_it_had_none(string prefix)
    {
        var headers = new Dictionary<string, object?> { [prefix + "specversion"] = "1.0"u8.ToArray() };
        LetterHeaders.Edit(headers, "ann", "7");
        headers.Keys.ShouldBe([prefix + "specversion", SagaHeaders.DeadLetterEditedBy, prefix + "id"]);
        headers[prefix + "id"].ShouldBe("7");
    }

    [Test]
    public void Should_give_no_id_to_what_is_no_event()
    {
        var headers = new Dictionary<string, object?> { [SagaHeaders.MessageType] = "urn:message:A:B" };
        LetterHeaders.Edit(headers, "ann", "7");
        headers.Keys.ShouldBe([SagaHeaders.MessageType, SagaHeaders.DeadLetterEditedBy]);
    }

    [Test]
    public void Should_be_read_by_people_whatever_they_hold()
    {
        var plain = LetterHeaders.Plain(
            new BasicProperties
            {
                Headers = new Dictionary<string, object?>
                {
                    ["text"] = "ä"u8.ToArray(),
                    ["bytes"] = new byte[] { 0xff },
                    ["time"] = new AmqpTimestamp(7),
                    ["none"] = null,
                    ["number"] = double.NaN,
                    ["table"] = new Dictionary<string, object?>
                    {
                        ["b"] = "2"u8.ToArray(),
                        ["a"] = new List<object?> { 1L },
                    },
                },
            }
        );
        System
            .Text.Json.JsonSerializer.Serialize(plain)
            .ShouldBe("""{"text":"\u00E4","bytes":"base64:/w==","time":7,"none":null,"number":"NaN","table":{"a":[1],"b":"2"}}""");
    }

    [Test]
    public void Should_be_edited_by_somebody_for_ever() => SagaHeaders.IsOfDeadLetter(SagaHeaders.DeadLetterEditedBy).ShouldBeFalse();
}
