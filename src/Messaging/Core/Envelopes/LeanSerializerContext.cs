using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MassTransit;
using MassTransit.Metadata;
using MassTransit.Serialization;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Intake.Values;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Messaging.Envelopes;

/// <summary>
/// A message that is checked and parsed from its place in the body when it is asked for. What is rarely asked for comes from MassTransit's
/// reader.
/// </summary>
internal sealed class LeanSerializerContext(
    SystemTextJsonMessageSerializer full,
    MessageBody body,
    byte[] bytes,
    LeanEnvelope envelope,
    IntakeLimits limits
) : BaseSerializerContext(full, new LeanMessageContext(envelope), envelope.MessageTypes!)
{
    private SerializerContext? whole;

    /// <summary>The message's own bytes.</summary>
    public ReadOnlySpan<byte> Message => bytes.AsSpan(envelope.Message!.Value);

    /// <summary>How the message was written.</summary>
    public MessageFormat Format => envelope.Format;

    private SerializerContext Whole => whole ??= full.Deserialize(Enveloped(), EmptyHeaders.Instance);

    // A message is of the type that its envelope names first. Were the others looked at too, one message could be handled twice.
    public override bool TryGetMessage<T>([NotNullWhen(true)] out T? message)
        where T : class
    {
        message = envelope.MessageTypes![0] == MessageTypeName<T>.Urn ? (T)Read(typeof(T)) : null;
        return message is not null;
    }

    public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? message)
    {
        message = Read(messageType);
        return true;
    }

    private MessageBody Enveloped() =>
        Format == MessageFormat.Envelope
            ? body
            : new BytesMessageBody(
                OutgoingEnvelope.Write(envelope.MessageId!.Value, envelope.CorrelationId, envelope.MessageTypes!, Message)
            );

    private object Read(Type type)
    {
        var contract = Contract.Of(type);
        var isSealed = contract.IsSensitive && type.IsSubclassOf(typeof(SagaCommand)) && SealedText.IsIn(Message);
        var refusals = contract.CheckText(Message, limits, takesSealed: isSealed);
        return refusals.Count > 0 ? throw MalformedMessage.Of(refusals)
            : isSealed ? JsonSerializer.Deserialize(MarkedMembers.Blank(contract.Shape, Message), type, WireJson.Options)!
            : JsonSerializer.Deserialize(Message, type, WireJson.Options)!;
    }

    public override IMessageSerializer GetMessageSerializer() => Whole.GetMessageSerializer();

    public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope messageEnvelope, T message) =>
        Whole.GetMessageSerializer(messageEnvelope, message);

    public override IMessageSerializer GetMessageSerializer(object message, string[] messageTypes) =>
        Whole.GetMessageSerializer(message, messageTypes);

    public override Dictionary<string, object> ToDictionary<T>(T? message)
        where T : class => Whole.ToDictionary(message);

    private sealed class LeanMessageContext(LeanEnvelope envelope) : MessageContext
    {
        public Guid? MessageId => envelope.MessageId;

        public Guid? CorrelationId => envelope.CorrelationId;

        public Guid? RequestId => null;

        public Guid? ConversationId => null;

        public Guid? InitiatorId => null;

        public DateTime? ExpirationTime => null;

        public Uri? SourceAddress => null;

        public Uri? DestinationAddress => null;

        public Uri? ResponseAddress => null;

        public Uri? FaultAddress => null;

        public DateTime? SentTime => null;

        public Headers Headers => EmptyHeaders.Instance;

        public HostInfo Host => HostMetadataCache.Empty;
    }
}

/// <summary>A message's own bytes, without its envelope.</summary>
public static class MessageBytes
{
    /// <summary>The bytes; null for a message that did not come over a queue.</summary>
    /// <param name="context">The message.</param>
    public static byte[]? Of(MassTransit.ConsumeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.SerializerContext is LeanSerializerContext lean ? lean.Message.ToArray() : null;
    }
}

/// <summary>Asks a message how it was written.</summary>
public static class WrittenFormat
{
    /// <summary>The format of a message that is being handled.</summary>
    public static MessageFormat Format(this ConsumeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.SerializerContext is LeanSerializerContext lean ? lean.Format : MessageFormat.Envelope;
    }
}

internal static class MessageTypeName<T>
    where T : class
{
    public static readonly string Urn = MessageUrn.ForTypeString<T>();
}

/// <summary>Gives the lean reader to an endpoint; what MassTransit sends itself, it writes itself.</summary>
internal sealed class LeanSerializerFactory(IntakeLimits limits, Func<ReceiveContext, MessageAttributes> attributes) : ISerializerFactory
{
    public System.Net.Mime.ContentType ContentType => SystemTextJsonMessageSerializer.JsonContentType;

    public IMessageSerializer CreateSerializer() => SystemTextJsonMessageSerializer.Instance;

    public IMessageDeserializer CreateDeserializer() => new LeanDeserializer(limits, attributes);
}
