using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Documents.Expressions;

/// <summary>JSON that an expression looks into, and what is known of it. Its fields are read when they are asked for.</summary>
/// <param name="Element">An object or a list.</param>
/// <param name="Shape">What it may be; null when nothing is known.</param>
internal sealed record JsonValueView(JsonElement Element, Shape? Shape);

/// <summary>
/// The values of expressions: null, <c>bool</c>, <c>long</c>, <c>decimal</c>, <c>string</c>, lists, objects, and views of JSON.
/// </summary>
internal static class Values
{
    /// <summary>The value of JSON. A decimal that is written as text is a number where its shape says so.</summary>
    public static object? Of(JsonElement element, Shape? shape) =>
        element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when shape is DecimalShape && Decimals.TryRead(element.GetString(), out var number) => number,
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => Number(element, shape),
            JsonValueKind.Object or JsonValueKind.Array => new JsonValueView(element, shape),
            _ => null,
        };

    /// <summary>A field of a value.</summary>
    public static bool TryField(object? of, string name, out object? value)
    {
        switch (of)
        {
            case JsonValueView { Element.ValueKind: JsonValueKind.Object } view
                when view.Element.TryGetProperty(name, out var held) && held.ValueKind != JsonValueKind.Null:
                value = Of(held, FieldOf(view.Shape, name));
                return true;
            case IReadOnlyDictionary<string, object?> map:
                return map.TryGetValue(name, out value) && value is not null;
            default:
                value = null;
                return false;
        }
    }

    /// <summary>How many entries a list, or fields an object, has; null when it is neither. Nothing is copied.</summary>
    public static int? Size(object? value) =>
        value switch
        {
            IReadOnlyList<object?> list => list.Count,
            IReadOnlyDictionary<string, object?> map => map.Count,
            JsonValueView { Element: { ValueKind: JsonValueKind.Array } list } => list.GetArrayLength(),
            JsonValueView { Element: var map } => map.GetPropertyCount(),
            _ => null,
        };

    public static bool IsList(object? value) => value is IReadOnlyList<object?> or JsonValueView { Element.ValueKind: JsonValueKind.Array };

    public static bool IsMap(object? value) =>
        value is IReadOnlyDictionary<string, object?> or JsonValueView { Element.ValueKind: JsonValueKind.Object };

    /// <summary>The entries of a list, each of them counted first; null when it is none.</summary>
    public static IReadOnlyList<object?>? List(object? value, Budget budget)
    {
        if (!IsList(value))
        {
            return null;
        }

        budget.Spend(Size(value)!.Value);
        return value is JsonValueView view
            ? [.. view.Element.EnumerateArray().Select(item => budget.Seen(Of(item, (view.Shape as ListShape)?.Item)))]
            : (IReadOnlyList<object?>)value!;
    }

    /// <summary>The fields of an object, each of them counted first; null when it is none.</summary>
    public static IReadOnlyDictionary<string, object?>? Map(object? value, Budget budget)
    {
        if (!IsMap(value))
        {
            return null;
        }

        budget.Spend(Size(value)!.Value);
        if (value is not JsonValueView view)
        {
            return (IReadOnlyDictionary<string, object?>)value!;
        }

        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in view.Element.EnumerateObject())
        {
            map[field.Name] = budget.Seen(Of(field.Value, FieldOf(view.Shape, field.Name)));
        }

        return map;
    }

    /// <summary>What is known of a field.</summary>
    public static Shape? FieldOf(Shape? shape, string name) =>
        shape switch
        {
            ObjectShape record => record.Fields.FirstOrDefault(field => field.Name == name)?.Shape,
            MapShape map => map.Value,
            _ => null,
        };

    /// <summary>The value as JSON: a decimal is a text, as on the wire, and a field without a value is left out.</summary>
    public static JsonNode? ToJson(object? value, Room room)
    {
        if (value is JsonValueView view)
        {
            return room.Copy(view.Element);
        }

        room.Take((value as string)?.Length ?? 0);
        switch (value)
        {
            case null:
                return null;
            case decimal number:
                return JsonValue.Create(Text(number));
            case long or bool or string:
                return JsonValue.Create(value);
            case IReadOnlyList<object?> list:
                return new JsonArray([.. list.Select(item => ToJson(item, room))]);
            default:
                return Written((IReadOnlyDictionary<string, object?>)value, room);
        }
    }

    private static JsonObject Written(IReadOnlyDictionary<string, object?> map, Room room)
    {
        var json = new JsonObject();
        foreach (var (name, held) in map)
        {
            if (held is not null)
            {
                room.Take(name.Length);
                json[name] = ToJson(held, room);
            }
        }

        return json;
    }

    public static string Text(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>What a value is, for a message. Never the value: it may be a secret.</summary>
    public static string KindOf(object? value) =>
        value switch
        {
            null => "null",
            bool => "a bool",
            long => "an int",
            decimal => "a decimal",
            string => "a string",
            _ when IsList(value) => "a list",
            _ => "an object",
        };

    private static object Number(JsonElement element, Shape? shape)
    {
        if (shape is not DecimalShape && element.TryGetInt64(out var whole))
        {
            return whole;
        }

        return element.TryGetDecimal(out var number)
            ? number
            : throw new ExpressionException("A number is larger than expressions compute with.");
    }
}
