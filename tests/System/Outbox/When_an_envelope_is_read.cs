using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using MassTransit.Serialization;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Envelopes;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>The lean reader gives what MassTransit's own reader gives, whoever wrote the envelope.</summary>
public sealed class When_an_envelope_is_read
{
    private static readonly SagaStepFailed Reply = new()
    {
        SagaId = Guid.NewGuid(), Step = "reserve", CommandId = Guid.NewGuid(), Attempt = 2, Kind = FailureKind.Rejected, Code = "out \"of\" stock", Reason = "ä",
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
    public void Should_be_left_to_MassTransit_when_it_holds_more()
    {
        var envelope = JsonNode.Parse(Ours)!.AsObject();
        envelope["sourceAddress"] = "rabbitmq://elsewhere/queue";
        envelope["headers"] = new JsonObject { ["mine"] = "yes" };
        var read = Read(System.Text.Encoding.UTF8.GetBytes(envelope.ToJsonString()));
        read.ShouldNotBeOfType<LeanSerializerContext>();
        (read.MessageId, read.SourceAddress!.Host, read.Headers.Get<string>("mine")).ShouldBe((MessageId, "elsewhere", "yes"));
        read.TryGetMessage<SagaStepFailed>(out var message).ShouldBeTrue();
        message.ShouldBe(Reply);
    }

    [TestCase("// by hand\n{\"messageId\":\"00000000-0000-0000-0000-000000000001\",\"MessageType\":[\"urn:message:SagaOrchestrator.Messages:SagaSignal\",],\"message\":{},}")]
    [TestCase("{\"messageId\":\"not-a-guid\",\"messageType\":[\"urn:message:SagaOrchestrator.Messages:SagaSignal\"],\"message\":{}}")]
    public void Should_be_left_to_MassTransit_when_it_was_written_by_hand(string body) =>
        Read(System.Text.Encoding.UTF8.GetBytes(body)).ShouldNotBeOfType<LeanSerializerContext>();

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{\"messageId\":")]
    [TestCase("no json")]
    [TestCase("{\"messageId\":\"00000000-0000-0000-0000-000000000001\",\"messageType\":[],\"message\":{}} and more")]
    public void Should_be_refused_as_before_when_it_cannot_be_read(string body) =>
        Should.Throw<SerializationException>(() => Read(System.Text.Encoding.UTF8.GetBytes(body)));

    [Test]
    public void Should_fail_when_the_message_is_asked_for_and_is_not_what_its_type_says()
    {
        var body = "{\"messageId\":\"00000000-0000-0000-0000-000000000001\",\"messageType\":[\"urn:message:SagaOrchestrator.Messages:SagaStepFailed\"],\"message\":{\"attempt\":\"x\"}}";
        Should.Throw<JsonException>(() => Read(System.Text.Encoding.UTF8.GetBytes(body)).TryGetMessage<SagaStepFailed>(out _));
    }

    private static SerializerContext Read(byte[] body) => new LeanDeserializer().Deserialize(new BytesMessageBody(body), EmptyHeaders.Instance);
}
