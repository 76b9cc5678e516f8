using System.Text.Json;
using System.Text.Json.Serialization;

namespace SagaOrchestrator.Messages;

/// <summary>
/// A command that no record was compiled for: its name on the wire and its fields. Its participant gets the same as of a record of that
/// name.
/// </summary>
/// <param name="Name">Namespace and name, for example <c>Acme.Trips:BookHotel</c>.</param>
/// <param name="Fields">An object of its fields, without <c>saga</c>.</param>
[JsonConverter(typeof(JsonCommandWriter))]
public sealed record JsonCommand(string Name, JsonElement Fields) : SagaCommand
{
    /// <summary>Its type on the wire.</summary>
    public string Urn => "urn:message:" + Name;
}

/// <summary>Writes the fields and, beside them, the saga.</summary>
internal sealed class JsonCommandWriter : JsonConverter<JsonCommand>
{
    public override JsonCommand Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Whoever gets such a command reads it into a record of his own.");

    public override void Write(Utf8JsonWriter writer, JsonCommand value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var field in value.Fields.EnumerateObject())
        {
            field.WriteTo(writer);
        }

        if (value.Saga is { } saga)
        {
            writer.WritePropertyName("saga");
            JsonSerializer.Serialize(writer, saga, options);
        }

        writer.WriteEndObject();
    }
}
