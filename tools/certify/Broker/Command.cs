using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Certify.Broker;

/// <summary>A command as the orchestrator writes it. A rule may change envelope, headers and bytes before it is sent.</summary>
internal sealed class Command(CommandKind kind, Guid sagaId, Guid messageId, JsonObject envelope, Dictionary<string, object?> headers)
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public CommandKind Kind => kind;

    public Guid SagaId => sagaId;

    public Guid MessageId => messageId;

    public JsonObject Envelope => envelope;

    public Dictionary<string, object?> Headers => headers;

    /// <summary>How it is written.</summary>
    public MessageFormat Format { get; init; }

    /// <summary>Whether it has headers and properties; a body alone is a command too.</summary>
    public bool IsBare { get; init; }

    /// <summary>What is sent in place of the envelope.</summary>
    public byte[]? Bytes { get; init; }

    public JsonObject Saga => envelope["message"]!["saga"]!.AsObject();

    public Guid Id => Guid.Parse((string)Saga["commandId"]!);

    public int Attempt => (int)Saga["attempt"]!;

    public byte[] Body() => Bytes ?? JsonSerializer.SerializeToUtf8Bytes(WireFormat.Body(Format, envelope), Options);

    public BasicProperties Properties(string user)
    {
        if (IsBare)
        {
            return new BasicProperties { DeliveryMode = DeliveryModes.Persistent };
        }

        var properties = WireFormat.Properties(Format, envelope, headers);
        properties.UserId = user;
        return properties;
    }

    /// <summary>The same under another message id, as after a redrive.</summary>
    public Command Redriven()
    {
        var id = Guid.NewGuid();
        var copy = envelope.DeepClone().AsObject();
        copy["messageId"] = id.ToString();
        return new Command(kind, sagaId, id, copy, new Dictionary<string, object?>(headers, StringComparer.Ordinal)) { Format = Format };
    }
}
