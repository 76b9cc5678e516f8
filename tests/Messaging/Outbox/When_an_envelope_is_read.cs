using System.Text;
using System.Text.Json.Nodes;
using MassTransit;
using MassTransit.Serialization;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>The reader gives what MassTransit's own reader gives, whoever wrote the envelope, and refuses what is none.</summary>
public sealed class When_an_envelope_is_read
{
    private static readonly SagaStepFailed Reply = new()
    {
        SagaId = Guid.NewGuid(),
        Step = "reserve",
        CommandId = Guid.NewGuid(),
        Attempt = 2,
        Kind = FailureKind.Rejected,
        Code = "out \"of\" stock",
        Reason = "ä",
    };

    private static readonly Guid MessageId = Guid.NewGuid();

    private static readonly byte[] Ours = OutgoingEnvelope.Write(MessageId, Reply.SagaId, Reply);

    [Test]
    public void Should_be_read_in_one_pass_when_it_is_ours()
    {
        var read = Read(Ours);
        read.ShouldBeOfType<LeanSerializerContext>();
        (read.MessageId, read.CorrelationId).ShouldBe((MessageId, Reply.SagaId));
        read.TryGetMessage<SagaStepFailed>(out var message).ShouldBeTrue();
        message.ShouldBe(Reply);
        read.TryGetMessage<SagaStepCompleted>(out _).ShouldBeFalse();
    }

    [Test]
    public void Should_be_read_by_MassTransit_too()
    {
        var read = SystemTextJsonMessageSerializer.Instance.Deserialize(new BytesMessageBody(Ours), EmptyHeaders.Instance);
        (read.MessageId, read.CorrelationId).ShouldBe((MessageId, Reply.SagaId));
        read.TryGetMessage<SagaStepFailed>(out var message).ShouldBeTrue();
        message.ShouldBe(Reply);
    }

    [Test]
    public void Should_pass_over_what_MassTransit_adds()
    {
        var envelope = JsonNode.Parse(Ours)!.AsObject();
        envelope["sourceAddress"] = "rabbitmq://elsewhere/queue";
        envelope["headers"] = new JsonObject { ["MT-Redelivery-Count"] = 7 };
        envelope["host"] = new JsonObject { ["machineName"] = "elsewhere" };
        var read = Read(Encoding.UTF8.GetBytes(envelope.ToJsonString()));
        (read.MessageId, read.SourceAddress).ShouldBe((MessageId, null));
        read.Headers.GetAll().ShouldBeEmpty();
        read.TryGetMessage<SagaStepFailed>(out var message).ShouldBeTrue();
        message.ShouldBe(Reply);
    }

    [Test]
    public void Should_be_of_the_type_that_it_names_first_and_of_no_other()
    {
        var body =
            """{"messageId":"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55","messageType":["urn:message:SagaOrchestrator.Messages:SagaStepFailed","urn:message:SagaOrchestrator.Messages:SagaStepCompleted"],"message":{}}""";
        Read(Encoding.UTF8.GetBytes(body)).TryGetMessage<SagaStepCompleted>(out _).ShouldBeFalse();
    }

    [TestCase("", "", "valid JSON")]
    [TestCase("{", "", "valid JSON")]
    [TestCase("[1]", "", "an object")]
    [TestCase("null", "", "an object")]
    [TestCase("{} {}", "", "valid JSON")]
    [TestCase("{\"orderId\":\"1\"}", "messageId", "a UUID")]
    [TestCase("{\"messageId\":\"order-4711\",\"messageType\":[\"a\"],\"message\":{}}", "messageId", "a UUID")]
    [TestCase(
        "{\"messageId\":\"00000000-0000-0000-0000-000000000000\",\"messageType\":[\"a\"],\"message\":{}}",
        "messageId",
        "not all zeros"
    )]
    [TestCase(
        "{\"messageId\":\"{8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55}\",\"messageType\":[\"a\"],\"message\":{}}",
        "messageId",
        "without braces"
    )]
    [TestCase("{\"MessageId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"messageType\":[\"a\"],\"message\":{}}", "MessageId", "spelled so")]
    [TestCase("{\"messageId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"messageType\":[],\"message\":{}}", "messageType", "a list of 1")]
    [TestCase("{\"messageId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"messageType\":\"a\",\"message\":{}}", "messageType", "a list")]
    [TestCase("{\"messageId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"messageType\":[null],\"message\":{}}", "messageType[0]", "a text")]
    [TestCase("{\"messageId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"messageType\":[\"a\"],\"message\":[]}", "message", "an object")]
    [TestCase("{\"messageId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"messageType\":[\"a\"]}", "message", "an object")]
    [TestCase(
        "{\"messageId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"messageType\":[\"a\"],\"message\":{},\"message\":{}}",
        "message",
        "once"
    )]
    [TestCase(
        "{\"messageId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"messageType\":[\"a\"],\"message\":{},\"correlationId\":\"x\"}",
        "correlationId",
        "a UUID"
    )]
    public void Should_be_refused_with_path_and_what_was_expected(string body, string path, string expected)
    {
        var refused = Should.Throw<RefusedMessageException>(() => Read(Encoding.UTF8.GetBytes(body)));
        refused.Reason.ShouldBe("malformed");
        refused.Refusal!.Path.ShouldBe(path);
        refused.Refusal.Expected.ShouldContain(expected);
    }

    [TestCase("{\"attempt\":\"x\"}", "attempt")]
    [TestCase(
        "{\"sagaId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"step\":\"a\",\"commandId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"attempt\":1,\"kind\":0,\"code\":\"a\",\"reason\":\"\"}",
        "kind"
    )]
    [TestCase(
        "{\"sagaId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"step\":\"a\",\"commandId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"attempt\":1,\"kind\":\"Rejected\",\"code\":\"a\",\"reason\":\"\"}",
        "kind"
    )]
    [TestCase(
        "{\"sagaId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"step\":\"a\",\"commandId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"attempt\":1,\"kind\":\"rejected\",\"code\":null,\"reason\":\"\"}",
        "code"
    )]
    [TestCase(
        "{\"sagaId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"step\":\"a\",\"commandId\":\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\",\"attempt\":1,\"kind\":\"rejected\",\"code\":\"\",\"reason\":\"\"}",
        "code"
    )]
    public void Should_be_refused_when_the_message_is_not_what_its_type_says(string message, string path)
    {
        var body =
            $$"""{"messageId":"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55","messageType":["urn:message:SagaOrchestrator.Messages:SagaStepFailed"],"message":{{message}}}""";
        Should
            .Throw<RefusedMessageException>(() => Read(Encoding.UTF8.GetBytes(body)).TryGetMessage<SagaStepFailed>(out _))
            .Refusal!.Path.ShouldBe(path);
    }

    [Test]
    public void Should_be_refused_at_the_first_invalid_byte()
    {
        byte[] latin = [.. "{\"messageId\":\"M"u8, 0xFC, .. "ller\"}"u8];
        Should.Throw<RefusedMessageException>(() => Read(latin)).Refusal!.Got.ShouldBe("an invalid byte at offset 15");
    }

    [Test]
    public void Should_be_refused_when_it_is_larger_than_the_limit()
    {
        var refused = Should.Throw<RefusedMessageException>(() => Read(new byte[IntakeLimits.Default.MessageBytes + 1]));
        refused.Refusal!.Expected.ShouldContain("Limits:MessageBytes");
    }

    private static SerializerContext Read(byte[] body) =>
        new LeanDeserializer(IntakeLimits.Default, MessageAttributes.InMemory).Deserialize(
            new BytesMessageBody(body),
            EmptyHeaders.Instance
        );
}
