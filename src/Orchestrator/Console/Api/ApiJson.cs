using System.Text.Json;
using System.Text.Json.Serialization;

namespace SagaOrchestrator.Console.Api;

/// <summary>How bodies are written: what is not given is left out.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
}
