using System.Text;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using RabbitMQ.Client;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Tests.Formats;

/// <summary>Whoever reads a message cannot tell in which format it came: type, ids, bytes and refusals are the same.</summary>
public sealed class When_a_message_is_written_in_another_format
{
    private static readonly MessageFormat[] Others = [MessageFormat.Json, MessageFormat.CloudEvents, MessageFormat.CloudEventsBinary];

    private static readonly Guid MessageId = Guid.NewGuid();
    private static readonly Guid SagaId = Guid.NewGuid();

    private static readonly CommandContext Command = new(
        SagaId,
        "trip",
        "T-ü \"1\" 🚲",
        "book_hotel",
        CommandDirection.Do,
        3,
        Guid.NewGuid(),
        "orchestrator"
    );

    private static readonly object[] Messages =
    [
        new SagaStepFailed
        {
            SagaId = SagaId,
            Step = "reserve",
            CommandId = Guid.NewGuid(),
            Attempt = 2,
            Kind = FailureKind.Rejected,
            Code = "out \"of\" stock",
            Reason = "ä\u2028</script>",
        },
        new QueryOutcome(7, FenceUnfinished: true) { Saga = Command },
        new SagaStepProgressed
        {
            SagaId = SagaId,
            Step = "s",
            CommandId = Guid.NewGuid(),
            Attempt = 1,
            Note = null,
        },
    ];

    [Test]
    public void Should_be_read_as_what_it_was([ValueSource(nameof(Others))] MessageFormat format, [Values(0, 1, 2)] int number)
    {
        var message = Messages[number];
        var read = Read(Sent(format, message));
        (read.Format, read.MessageId, read.CorrelationId).ShouldBe((format, MessageId, SagaId));
        read.TryGetMessage(message.GetType(), out var found).ShouldBeTrue();
        found.ShouldBe(message);
        read.SupportedMessageTypes.ShouldBe([OutgoingEnvelope.NamesOf(message.GetType())[0]]);
        var own = JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), WireJson.Options);
        read.Message.SequenceEqual(own).ShouldBeTrue("the message's bytes are those of the envelope");
    }

    [Test]
    public void Should_name_its_type_and_ids_in_the_properties_of_plain_JSON()
    {
        var (properties, body) = Sent(MessageFormat.Json, Messages[1]);
        (properties.ContentType, properties.Type).ShouldBe(("application/json", "urn:message:SagaOrchestrator.Messages:QueryOutcome"));
        (properties.MessageId, properties.CorrelationId).ShouldBe((MessageId.ToString(), SagaId.ToString()));
        (properties.ReplyTo, properties.UserId).ShouldBe(("to.orchestrator", "orchestrator"));
        properties.Headers!.Keys.ShouldBe(SagaHeaders.Of(Command).Select(header => header.Key), ignoreOrder: true);
        JsonElement.Parse(body).GetProperty("saga").GetProperty("businessKey").GetString().ShouldBe(Command.BusinessKey);
    }

    [Test]
    public void Should_hold_the_attributes_of_a_CloudEvent_in_the_body_or_in_headers()
    {
        string[] attributes = ["specversion", "id", "source", "type", "time", "subject"];
        var (properties, body) = Sent(MessageFormat.CloudEvents, Messages[1]);
        var structured = JsonElement.Parse(body);
        properties.ContentType.ShouldBe("application/cloudevents+json");
        structured.GetProperty("datacontenttype").GetString().ShouldBe("application/json");
        var (binary, _) = Sent(MessageFormat.CloudEventsBinary, Messages[1]);
        binary.ContentType.ShouldBe("application/json");
        foreach (var name in attributes.Except(["time"]))
        {
            binary.Headers!["cloudEvents:" + name].ShouldBe(structured.GetProperty(name).GetString(), name);
        }

        structured.GetProperty("source").GetString().ShouldBe("/orchestrators/orchestrator");
        structured.GetProperty("time").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
    }

    [Test]
    public void Should_be_refused_at_the_same_path_with_the_same_words([ValueSource(nameof(Others))] MessageFormat format)
    {
        var wrong = new SagaStepProgressed
        {
            SagaId = Guid.Empty,
            Step = string.Empty,
            CommandId = Guid.NewGuid(),
            Attempt = 0,
        };
        var envelope = Refusal(() => Read(MessageFormat.Envelope, wrong).TryGetMessage<SagaStepProgressed>(out _));
        Refusal(() => Read(Sent(format, wrong)).TryGetMessage<SagaStepProgressed>(out _)).ShouldBe(envelope);
    }

    [TestCase("application/vnd.masstransit+json", true, true, ExpectedResult = MessageFormat.Envelope)]
    [TestCase("application/cloudevents+json; charset=utf-8", false, false, ExpectedResult = MessageFormat.CloudEvents)]
    [TestCase("Application/JSON;charset=utf-8", true, false, ExpectedResult = MessageFormat.Json)]
    [TestCase("application/json", false, true, ExpectedResult = MessageFormat.CloudEventsBinary)]
    [TestCase(null, false, true, ExpectedResult = MessageFormat.CloudEventsBinary)]
    [TestCase("application/json", false, false, ExpectedResult = MessageFormat.Envelope)]
    [TestCase(null, true, false, ExpectedResult = MessageFormat.Envelope)]
    [TestCase("text/plain", true, false, ExpectedResult = MessageFormat.Envelope)]
    public MessageFormat Should_be_told_by_its_content_type(string? contentType, bool hasType, bool isEvent) =>
        ContentTypes.FormatOf(contentType, hasType ? "urn:message:A:B" : null, isEvent);

    [Test]
    public void Should_be_sent_as_what_it_is_when_it_is_JSON_already([ValueSource(nameof(Others))] MessageFormat format)
    {
        var written = new WrittenMessage(typeof(SagaStepFailed), JsonSerializer.SerializeToUtf8Bytes(Messages[0], WireJson.Options));
        OutgoingFormats
            .Of(format, "q", written, MessageId, SagaId, [], MessageOrigin.Orchestrator("orchestrator"))
            .Type.ShouldBe(typeof(SagaStepFailed));
    }

    [Test]
    public void Should_be_read_with_either_prefix_of_the_AMQP_binding()
    {
        var (properties, body) = Sent(MessageFormat.CloudEventsBinary, Messages[0]);
        properties.Headers = properties.Headers!.ToDictionary(
            header => header.Key.Replace("cloudEvents:", "cloudEvents_", StringComparison.Ordinal),
            header => header.Value
        );
        var read = Read((properties, body));
        (read.Format, read.MessageId, read.CorrelationId).ShouldBe((MessageFormat.CloudEventsBinary, MessageId, SagaId));
        read.TryGetMessage<SagaStepFailed>(out var found).ShouldBeTrue();
        found.ShouldBe(Messages[0]);
    }

    [TestCase("application/json; charset=utf-8")]
    [TestCase("Application/JSON;charset=UTF-8")]
    [TestCase("application/json")]
    public void Should_be_read_whatever_parameters_the_content_type_of_its_data_has(string contentType)
    {
        var (properties, body) = Sent(MessageFormat.CloudEvents, Messages[0]);
        var changed = System.Text.Json.Nodes.JsonNode.Parse(body)!.AsObject();
        changed["datacontenttype"] = contentType;
        Read((properties, Encoding.UTF8.GetBytes(changed.ToJsonString()))).MessageId.ShouldBe(MessageId);
    }

    [TestCase(MessageFormat.Json, "properties.message-id")]
    [TestCase(MessageFormat.CloudEventsBinary, "headers.cloudEvents:id")]
    public void Should_be_refused_without_an_id(MessageFormat format, string path)
    {
        var (properties, body) = Sent(format, Messages[0]);
        properties.MessageId = null;
        properties.Headers!.Remove("cloudEvents:id");
        var refusal = Refusal(() => Read((properties, body)));
        (refusal.Path, refusal.Got).ShouldBe((path, "nothing"));
    }

    [TestCase("""{ "specversion": "0.3" }""", "specversion")]
    [TestCase("""{ "id": "seven" }""", "id")]
    [TestCase("""{ "data": 7 }""", "data")]
    [TestCase("""{ "type": null }""", "type")]
    [TestCase("""{ "datacontenttype": "text/xml" }""", "datacontenttype")]
    [TestCase("""{ "datacontenttype": "application/jsonl" }""", "datacontenttype")]
    public void Should_be_refused_when_it_is_no_CloudEvent(string change, string path)
    {
        var (properties, body) = Sent(MessageFormat.CloudEvents, Messages[0]);
        var changed = System.Text.Json.Nodes.JsonNode.Parse(body)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject())
        {
            changed[name] = value?.DeepClone();
        }

        Refusal(() => Read((properties, Encoding.UTF8.GetBytes(changed.ToJsonString())))).Path.ShouldBe(path);
    }

    [Test]
    public void Should_be_wrapped_for_whoever_reads_envelopes([ValueSource(nameof(Others))] MessageFormat format)
    {
        var read = Read(Sent(format, Messages[0]));
        read.ToDictionary<object>(Messages[0])["code"].ToString().ShouldBe(((SagaStepFailed)Messages[0]).Code);
    }

    private static (BasicProperties Properties, byte[] Body) Sent(MessageFormat format, object message)
    {
        IReadOnlyList<KeyValuePair<string, string>> headers = message is QueryOutcome ? SagaHeaders.Of(Command) : [];
        var sent = OutgoingFormats.Of(format, "q", message, MessageId, SagaId, headers, MessageOrigin.Orchestrator("orchestrator"));
        // As the outbox gives it back.
        var stored = new OutgoingMessage(sent.MessageId, sent.Destination, sent.ContentType, sent.Headers, sent.Body);
        return (MessageProperties.Of(stored, "orchestrator"), stored.Body.ToArray());
    }

    private static LeanSerializerContext Read((BasicProperties Properties, byte[] Body) sent)
    {
        var beside = BesideBody.Of(sent.Properties);
        var format = ContentTypes.FormatOf(sent.Properties.ContentType, beside.Type, beside.IsEvent);
        return new LeanSerializerContext(
            SystemTextJsonMessageSerializer.Instance,
            new BytesMessageBody(sent.Body),
            sent.Body,
            OtherFormats.Read(format, beside, sent.Body),
            IntakeLimits.Default
        );
    }

    private static SerializerContext Read(MessageFormat format, object message)
    {
        format.ShouldBe(MessageFormat.Envelope);
        return new LeanDeserializer(IntakeLimits.Default, MessageAttributes.InMemory).Deserialize(
            new BytesMessageBody(OutgoingEnvelope.Write(MessageId, SagaId, message)),
            EmptyHeaders.Instance
        );
    }

    private static Refusal Refusal(Action act) => Should.Throw<RefusedMessageException>(act).Refusal!;
}
