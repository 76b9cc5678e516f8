using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Plans;

/// <summary>
/// Data in one written form, as a record would write it: fields in the order of their declaration, nulls and unknown fields left out,
/// decimals as text. So equal data is equal to the byte (rule S29).
/// </summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The form of a value that its shape takes.</summary>
    public static JsonElement Of(Shape shape, JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, shape, value);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Shape shape, JsonElement value)
    {
        switch (shape)
        {
            case ObjectShape record when value.ValueKind == JsonValueKind.Object:
                WriteFields(json, record, value);
                break;
            case MapShape map when value.ValueKind == JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var field in value.EnumerateObject())
                {
                    json.WritePropertyName(field.Name);
                    Write(json, map.Value, field.Value);
                }

                json.WriteEndObject();
                break;
            case ListShape list when value.ValueKind == JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, list.Item, item);
                }

                json.WriteEndArray();
                break;
            case DecimalShape when Number(value) is { } number:
                json.WriteStringValue(number.ToString("0.############################", CultureInfo.InvariantCulture));
                break;
            case IdShape when value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id):
                json.WriteStringValue(id);
                break;
            case InstantShape when value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time):
                json.WriteStringValue(time);
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static void WriteFields(Utf8JsonWriter json, ObjectShape record, JsonElement value)
    {
        json.WriteStartObject();
        foreach (var field in record.Fields)
        {
            if (value.TryGetProperty(field.Name, out var held) && held.ValueKind != JsonValueKind.Null)
            {
                json.WritePropertyName(field.Name);
                Write(json, field.Shape, held);
            }
        }

        json.WriteEndObject();
    }

    private static decimal? Number(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number when Decimals.TryRead(value.GetRawText(), out var number) => number,
            JsonValueKind.String when Decimals.TryRead(value.GetString(), out var text) => text,
            _ => null,
        };
}
