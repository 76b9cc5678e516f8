using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SagaOrchestrator.Intake.Contracts;

/// <summary>The JSON of a CloudEvent 1.0 in structured mode. Other attributes are passed over.</summary>
/// <param name="Specversion">Always <c>1.0</c>.</param>
/// <param name="Id">Chosen by the sender, a new one for each message. The same id again, with the same message, is a duplicate.</param>
/// <param name="Source">Who sends it, as a URI reference. It is not looked at.</param>
/// <param name="Type">The message's type, as <c>urn:message:Namespace:Name</c>.</param>
/// <param name="Data">The message.</param>
/// <param name="Datacontenttype">Of the data; <c>application/json</c> when left out. Parameters, for example a charset, do not
/// matter.</param>
/// <param name="Subject">The saga, or whatever else the message belongs to; may be left out.</param>
/// <param name="Time">When it was written; may be left out.</param>
public sealed record CloudEvent(
    [AllowedValues("1.0")] string Specversion,
    Guid Id,
    [Length(1, 1000)] string Source,
    [Length(1, 1000)] string Type,
    JsonElement Data,
    [AllowedValues("application/json")] string? Datacontenttype = null,
    string? Subject = null,
    DateTimeOffset? Time = null
)
{
    private static readonly IntakeLimits Limits = IntakeLimits.Default with { DocumentBytes = int.MaxValue };

    /// <summary>Says what is wrong with an event, its data left out but for being an object.</summary>
    /// <param name="json">The bytes as they came.</param>
    public static IReadOnlyList<Refusal> Check(ReadOnlySpan<byte> json)
    {
        var refusals = Contract.Of<CloudEvent>().Check(json, Limits);
        return refusals.Any(IsOfContentType) && HasJson(json) ? [.. refusals.Where(refusal => !IsOfContentType(refusal))] : refusals;
    }

    private static bool IsOfContentType(Refusal refusal) => refusal.Path == "datacontenttype";

    private static bool HasJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return JsonElement.ParseValue(ref reader).TryGetProperty("datacontenttype", out var type)
                && type.ValueKind == JsonValueKind.String
                && MediaTypeHeaderValue.TryParse(type.GetString(), out var media)
                && string.Equals(media.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
