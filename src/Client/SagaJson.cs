using System.Text.Json;
using System.Text.Json.Serialization;

namespace SagaOrchestrator.Client;

/// <summary>How the API writes JSON, and how a start is written for it.</summary>
internal static class SagaJson
{
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter() },
        };
}
