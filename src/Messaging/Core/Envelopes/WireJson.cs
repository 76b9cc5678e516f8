using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit.Serialization;

namespace SagaOrchestrator.Messaging.Envelopes;

/// <summary>How messages are written: MassTransit's own conventions, without indentation and without nulls.</summary>
public static class WireJson
{
    /// <summary>The options of the serializer.</summary>
    public static readonly JsonSerializerOptions Options = new(SystemTextJsonMessageSerializer.Options)
    {
        WriteIndented = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The words of an enum that does not name its own, as the intake wants them.
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
