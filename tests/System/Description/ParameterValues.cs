using System.Globalization;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Tests.Description;

/// <summary>Values of a query parameter, from its schema alone.</summary>
internal static class ParameterValues
{
    /// <summary>One that is taken and one that is not; null where the schema does not tell.</summary>
    public static (string? Right, string? Wrong) Of(JsonObject parameter)
    {
        var schema = parameter["schema"]!;
        var name = (string)parameter["name"]!;
        return ((string)schema["type"]!, name) switch
        {
            (_, "cursor" or "fields") => (null, "?"),
            ("array", _) when schema["items"]!["enum"] is JsonArray words => (
                string.Join(',', words.Select(word => (string)word!)),
                "nothing"
            ),
            ("array", _) => ("one,another", ","),
            ("integer", _) => (Number(schema["minimum"]), (schema["minimum"]!.GetValue<long>() - 1).ToString(CultureInfo.InvariantCulture)),
            ("number", _) => ("12.5", "many"),
            ("boolean", "edited") => ("false", "yes"),
            ("boolean", _) => ("true", "yes"),
            (_, "after") => (null, "nothing"),
            _ when schema["enum"] is JsonArray words => ((string)words[^1]!, "nothing"),
            _ when schema["format"] is not null => (Guid.NewGuid().ToString(), "nothing"),
            _ when (string?)schema["pattern"] is { } pattern => pattern.Contains("smhd", StringComparison.Ordinal)
                ? ("1s", "1")
                : (DateTime.UtcNow.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), "yesterday"),
            _ => ("anything", null),
        };
    }

    private static string Number(JsonNode? number) => number!.GetValue<long>().ToString(CultureInfo.InvariantCulture);
}
