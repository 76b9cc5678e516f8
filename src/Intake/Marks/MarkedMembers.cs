using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Intake.Marks;

/// <summary>Finds and replaces the values of a document's marked members: those whose value is not to be read by everybody.</summary>
public static class MarkedMembers
{
    // A document is kept and sent as JSON, never within a page.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether documents of this shape can have any.</summary>
    /// <param name="shape">The shape.</param>
    public static bool Any(Shape shape) => All(shape).Any();

    /// <summary>The declarations of marked members, each with its path from the outermost type; a list's entries have <c>[]</c>.</summary>
    /// <param name="shape">The shape.</param>
    public static IEnumerable<(string Path, Shape Shape)> All(Shape shape) => Within(shape, string.Empty, []);

    /// <summary>The marked members of a document that have a value.</summary>
    /// <param name="shape">What the document is.</param>
    /// <param name="document">The document.</param>
    public static IReadOnlyList<MarkedMember> Of(Shape shape, JsonElement document)
    {
        var found = new List<MarkedMember>();
        Replace(
            shape,
            document,
            member =>
            {
                found.Add(member);
                return null;
            }
        );
        return found;
    }

    /// <summary>The same document with other values in its marked members.</summary>
    /// <param name="shape">What the document is.</param>
    /// <param name="document">The document.</param>
    /// <param name="replace">Gives the new value as JSON; null to leave it.</param>
    public static byte[] Replace(Shape shape, JsonElement document, Func<MarkedMember, string?> replace)
    {
        ArgumentNullException.ThrowIfNull(replace);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Writing))
        {
            Copy(document, shape, string.Empty, json, replace);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The same document with the empty value in each marked member that is encrypted.</summary>
    /// <param name="shape">What the document is.</param>
    /// <param name="json">The document.</param>
    public static byte[] Blank(Shape shape, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return Replace(
            shape,
            JsonElement.ParseValue(ref reader),
            static member => SealedText.Is(member.Value) ? EmptyOf(member.Shape) : null
        );
    }

    /// <inheritdoc cref="Blank(Shape, ReadOnlySpan{byte})"/>
    public static string Blank(Shape shape, string json) => Encoding.UTF8.GetString(Blank(shape, Encoding.UTF8.GetBytes(json)));

    /// <summary>What stands for a value that cannot be read, as JSON; null when such a member can have none.</summary>
    /// <param name="shape">What the value may be.</param>
    public static string? EmptyOf(Shape shape) =>
        shape switch
        {
            { IsNullable: true } => "null",
            TextShape { IsKey: false } => "\"\"",
            ListShape => "[]",
            MapShape => "{}",
            _ => null,
        };

    private static IEnumerable<(string Path, Shape Shape)> Within(Shape shape, string path, HashSet<ObjectShape> around)
    {
        switch (shape)
        {
            case ListShape list:
                return Within(list.Item, path + "[]", around);
            case MapShape map:
                return Within(map.Value, path + ".*", around);
            case ObjectShape record when around.Add(record):
                var found = record
                    .Fields.SelectMany(field =>
                        field.IsSensitive ? [(Join(path, field.Name), field.Shape)] : Within(field.Shape, Join(path, field.Name), around)
                    )
                    .ToList();
                around.Remove(record);
                return found;
            default:
                return [];
        }
    }

    private static void Copy(JsonElement value, Shape shape, string path, Utf8JsonWriter json, Func<MarkedMember, string?> replace)
    {
        switch (shape)
        {
            case ObjectShape record when value.ValueKind == JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    CopyField(property, record, path, json, replace);
                }

                json.WriteEndObject();
                break;
            case ListShape list when value.ValueKind == JsonValueKind.Array:
                json.WriteStartArray();
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Copy(item, list.Item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), json, replace);
                }

                json.WriteEndArray();
                break;
            case MapShape map when value.ValueKind == JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    Copy(property.Value, map.Value, Join(path, property.Name), json, replace);
                }

                json.WriteEndObject();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static void CopyField(
        JsonProperty property,
        ObjectShape record,
        string path,
        Utf8JsonWriter json,
        Func<MarkedMember, string?> replace
    )
    {
        var field = record.Fields.FirstOrDefault(field => field.Name == property.Name);
        if (field is null)
        {
            property.Value.WriteTo(json);
        }
        else if (!field.IsSensitive)
        {
            Copy(property.Value, field.Shape, Join(path, field.Name), json, replace);
        }
        else if (
            property.Value.ValueKind != JsonValueKind.Null
            && replace(new MarkedMember(Join(path, field.Name), field.Shape, property.Value)) is { } other
        )
        {
            json.WriteRawValue(other, skipInputValidation: true);
        }
        else
        {
            property.Value.WriteTo(json);
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;
}
