using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SagaOrchestrator.Intake.Values;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Host.Plans;

/// <summary>How saga data, progress and results are written.</summary>
internal static class SagaJson
{
    public static readonly JsonSerializerOptions Options = Create(new DecimalAsString());

    /// <summary>Reads what clients send: missing fields stay null, for the validator to name.</summary>
    public static readonly JsonSerializerOptions Lenient = new(Options)
    {
        RespectNullableAnnotations = false,
        RespectRequiredConstructorParameters = false,
    };

    private static readonly JsonSerializerOptions Canonical = Create(new DecimalNormalized());

    /// <summary>Reads what we stored. When that cannot be read, the message that made us read it is not to blame.</summary>
    public static T Stored<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)!;
        }
        catch (JsonException exception)
        {
            throw new StoredDataException($"A stored {typeof(T).Name} cannot be read by this build.", exception);
        }
    }

    /// <summary>Equal for equal data, however it was spelled: 440.00 is 440 (rule S29).</summary>
    public static byte[] Hash<T>(T data) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(data, Canonical));

    private static JsonSerializerOptions Create(JsonConverter<decimal> decimals) => new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { decimals, new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private class DecimalAsString : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number))
            {
                return number;
            }

            return reader.TokenType == JsonTokenType.String
                && Decimals.TryRead(reader.GetString(), out var text)
                    ? text
                    : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private sealed class DecimalNormalized : DecimalAsString
    {
        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("0.############################", CultureInfo.InvariantCulture));
    }
}
