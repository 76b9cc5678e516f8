using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SagaOrchestrator.Http.Problems;

/// <summary>How the API writes JSON. Its own, so that neither the host's routes nor the API hear of the other's settings.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>An answer with a body.</summary>
    public static IResult Answer<T>(T body, int status = StatusCodes.Status200OK) => new JsonAnswer<T>(body, status);

    // What is written is no part of a page, so only what JSON needs is escaped.
    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter() },
        };
        options.MakeReadOnly();
        return options;
    }
}
