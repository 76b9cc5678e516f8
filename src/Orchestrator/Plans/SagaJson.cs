using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Plans;

/// <summary>How saga data, progress and results are written.</summary>
public static class SagaJson
{
    /// <summary>How they are written, and read again.</summary>
    public static readonly JsonSerializerOptions Options = Create();

    /// <summary>Reads what clients send: missing fields stay null, for the validator to name.</summary>
    public static readonly JsonSerializerOptions Lenient = new(Options)
    {
        RespectNullableAnnotations = false,
        RespectRequiredConstructorParameters = false,
    };

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

    /// <summary>
    /// Data as it is stored, and its hash. Both are the same for equal data, however it was spelled: 440.00 is 440 (rule S29).
    /// </summary>
    public static (string Json, byte[] Hash) Canonical<T>(T data)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(data, Options);
        return (Encoding.UTF8.GetString(bytes), SHA256.HashData(bytes));
    }

    private static JsonSerializerOptions Create() =>
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new PlainDecimal(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };

    private sealed class PlainDecimal : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number))
            {
                return number;
            }

            return reader.TokenType == JsonTokenType.String && Decimals.TryRead(reader.GetString(), out var text)
                ? text
                : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("0.############################", CultureInfo.InvariantCulture));
    }
}
