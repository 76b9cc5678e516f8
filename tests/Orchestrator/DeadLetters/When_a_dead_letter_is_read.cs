using System.Text;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>Most dead letters are not what they should be, and each must be listed.</summary>
public sealed class When_a_dead_letter_is_read
{
    private static readonly Guid Saga = new("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Should_find_the_saga_of_a_command()
    {
        var letter = Of(
            $$$$"""
            {"messageId":"m-1","messageType":["urn:message:Acme.Hotels:BookHotel","urn:message:Acme:Command"],
             "message":{"saga":{"sagaId":"{{{{Saga}}}}","sagaType":"trip","businessKey":"T-1"}}}
            """
        );
        (letter.MessageId, letter.MessageType, letter.SagaId, letter.SagaType, letter.BusinessKey).ShouldBe(
            ("m-1", "BookHotel", Saga, "trip", "T-1")
        );
    }

    [Test]
    public void Should_find_the_saga_of_a_reply() =>
        Of($$$$"""{"messageType":["urn:message:A:B"],"message":{"sagaId":"{{{{Saga}}}}"}}""").SagaId.ShouldBe(Saga);

    [Test]
    public void Should_believe_its_headers_more()
    {
        var letter = Of(
            "{}",
            new()
            {
                ["saga-id"] = Saga.ToString(),
                ["saga-type"] = "trip",
                ["dead-letter-reason"] = "orphan",
                ["dead-letter-at"] = "2026-01-30T12:00:00Z",
                ["dead-letter-message"] = "Discard it.",
                ["dead-letter-path"] = "a.b",
                ["dead-letter-expected"] = "x",
                ["dead-letter-got"] = "y",
            }
        );
        (letter.SagaId, letter.SagaType, letter.Reason, letter.At).ShouldBe((Saga, "trip", "orphan", Now.AddDays(-1)));
        (letter.Sentence, letter.Path, letter.Expected, letter.Got).ShouldBe(("Discard it.", "a.b", "x", "y"));
    }

    [TestCase("")]
    [TestCase("not JSON")]
    [TestCase("7")]
    [TestCase("""{"messageType":7,"message":[],"messageId":{}}""")]
    [TestCase("""{"messageType":[],"message":{"saga":7,"sagaId":"none"}}""")]
    [TestCase("""{"messageType":["\ud800"]}""")]
    public void Should_say_what_it_can_of_any_body(string body)
    {
        var letter = Of(
            body,
            new()
            {
                ["dead-letter-at"] = "yesterday",
                ["dead-letter-reason"] = 7L,
                ["saga-id"] = "none",
            }
        );
        (letter.Reason, letter.At, letter.SagaId, letter.Size, letter.State).ShouldBe(("unknown", Now, null, body.Length, "waiting"));
    }

    [Test]
    public void Should_hold_nothing_that_the_database_cannot_keep()
    {
        var letter = Of(
            $$"""{"messageId":"\u0000","messageType":["{{new string('t', 5000)}}"]}""",
            new() { ["dead-letter-message"] = "a\0" + new string('s', 5000) }
        );
        letter.MessageId.ShouldBe("\ufffd");
        letter.MessageType!.Length.ShouldBe(200);
        letter.Sentence!.Length.ShouldBe(2000);
        letter.Sentence.ShouldStartWith("a\ufffd");
    }

    private static SagaDeadLetter Of(string body, Dictionary<string, object?>? headers = null) =>
        LetterReading.Of(new DeadLetterCopy(Guid.NewGuid(), "hotels", null, null, headers ?? [], Encoding.UTF8.GetBytes(body)), Now).Letter;
}
