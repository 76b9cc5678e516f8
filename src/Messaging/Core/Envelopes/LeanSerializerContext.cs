using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MassTransit;
using MassTransit.Metadata;
using MassTransit.Serialization;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;

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

    private SerializerContext Whole => whole ??= full.Deserialize(body, EmptyHeaders.Instance);

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

    private object Read(Type type)
    {
        var refusals = Contract.Of(type).CheckText(Message, limits);
        return refusals.Count == 0 ? JsonSerializer.Deserialize(Message, type, WireJson.Options)! : throw MalformedMessage.Of(refusals);
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

internal static class MessageTypeName<T>
    where T : class
{
    public static readonly string Urn = MessageUrn.ForTypeString<T>();
}

/// <summary>Gives the lean reader to an endpoint; what MassTransit sends itself, it writes itself.</summary>
internal sealed class LeanSerializerFactory(IntakeLimits limits) : ISerializerFactory
{
    public System.Net.Mime.ContentType ContentType => SystemTextJsonMessageSerializer.JsonContentType;

    public IMessageSerializer CreateSerializer() => SystemTextJsonMessageSerializer.Instance;

    public IMessageDeserializer CreateDeserializer() => new LeanDeserializer(limits);
}
