using System.Runtime.Serialization;
using System.Text.Json;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>An exception's text may quote what it could not read. Headers and log say what kind of thing is wrong, and where.</summary>
[Property("Rule", "S41")]
public sealed class When_a_cause_is_told
{
    private const string Secret = "tok_4111";

    [Test]
    public void Should_say_where_a_body_cannot_be_read_and_not_what_is_there()
    {
        var exception = Should.Throw<JsonException>(() =>
            JsonSerializer.Deserialize<Dictionary<string, string>>($$"""{ "token": "{{Secret}}" {{Secret}}""")
        );
        var cause = new DeadLetterCause("orchestrator", new SerializationException($"no {Secret}", exception));
        cause.Reason.ShouldBe(DeadLetterReason.Malformed);
        cause.Sentence.ShouldContain("line 1, byte 22");
        Everything(cause).ShouldNotContain(Secret);
        Everything(cause).ShouldNotContain("tok_");
    }

    [Test]
    public void Should_reduce_what_a_handler_throws_to_its_type()
    {
        var cause = new DeadLetterCause(
            "payments",
            new InvalidOperationException($"no {Secret}", new FormatException($"'{Secret}' is no number"))
        );
        cause.Reason.ShouldBe(DeadLetterReason.HandlerFailed);
        cause.Sentence.ShouldContain("InvalidOperationException, because of FormatException");
        Everything(cause).ShouldNotContain(Secret);
    }

    [Test]
    public void Should_say_what_a_refusal_of_ours_says() =>
        new DeadLetterCause("orchestrator", new RefusedMessageException("invalid", "Set quantity.")).Sentence.ShouldBe("Set quantity.");

    [TestCase("delivery_limit", "delivery-limit")]
    [TestCase("rejected", "rejected")]
    [TestCase("expired", "expired")]
    [TestCase("maxlen", "overflow")]
    [TestCase(null, "rejected")]
    public void Should_have_a_word_for_each_reason_of_the_brokers(string? reason, string expected)
    {
        var (word, sentence) = BrokerDeadLetters.Explain(reason, "shipping");
        word.ShouldBe(expected);
        sentence.ShouldContain("shipping");
    }

    private static string Everything(DeadLetterCause cause) =>
        cause.At + cause.Exception + string.Join(' ', cause.Headers("orchestrator", DateTime.UnixEpoch).Select(header => header.Value));
}
