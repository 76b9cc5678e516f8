using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Documents.Expressions;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Documents.Mapping;

/// <summary>A JSON Pointer (RFC 6901) into what a plan can look at, for example <c>/data/items/0/sku</c>.</summary>
internal sealed class Pointer
{
    private Pointer(string[] names) => Names = names;

    /// <summary>Where it begins: one of <see cref="Scope.Names"/>.</summary>
    public string Root => Names[0];

    public string[] Names { get; }

    /// <summary>Reads it.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="scope">What it may lead to.</param>
    /// <param name="objection">What is wrong with it.</param>
    public static Pointer? Read(string text, Scope scope, out string? objection)
    {
        if (!text.StartsWith('/'))
        {
            objection = "A pointer begins with '/', for example /data/amount.";
            return null;
        }

        var pointer = new Pointer([
            .. text[1..]
                .Split('/')
                .Select(name => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)),
        ]);
        objection = pointer.Objection(scope);
        return objection is null ? pointer : null;
    }

    /// <summary>What it leads to, as far as that is known.</summary>
    public Shape? ShapeIn(Scope scope)
    {
        Shape? shape = scope.Shape;
        foreach (var name in Names)
        {
            shape = shape is ListShape list ? list.Item : Values.FieldOf(shape, name);
        }

        return shape is FreeShape { IsObject: false } ? null : shape;
    }

    /// <summary>Goes on from a value.</summary>
    public (JsonElement Value, Shape? Shape)? Follow(JsonElement value, Shape? shape, int from)
    {
        foreach (var name in Names.AsSpan(from))
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object when value.TryGetProperty(name, out var field):
                    (value, shape) = (field, Values.FieldOf(shape, name));
                    break;
                case JsonValueKind.Array
                    when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                        && index < value.GetArrayLength():
                    (value, shape) = (value[index], (shape as ListShape)?.Item);
                    break;
                default:
                    return null;
            }
        }

        return value.ValueKind == JsonValueKind.Null ? null : (value, shape);
    }

    private string? Objection(Scope scope)
    {
        if (Root is "results" or "signals" && Names.Length < 2)
        {
            return $"Name {(Root == "results" ? "a step" : "a signal")} after /{Root}.";
        }

        if (Root == "saga" && Names.Length != 2)
        {
            return "Write /saga/id.";
        }

        Shape? shape = scope.Shape;
        foreach (var name in Names)
        {
            switch (shape)
            {
                case ObjectShape record when record.Fields.FirstOrDefault(field => field.Name == name) is { } field:
                    shape = field.Shape;
                    break;
                case ObjectShape record:
                    return Nothing(name, record);
                case MapShape map:
                    shape = map.Value;
                    break;
                case ListShape list when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _):
                    shape = list.Item;
                    break;
                case FreeShape or null:
                    return null;
                default:
                    return $"'{name}' leads into {shape.Expected}.";
            }
        }

        return null;
    }

    /// <summary>Says that an object has no such field.</summary>
    public static string Nothing(string name, ObjectShape record) =>
        record.Fields.Length == 0
            ? $"There is no '{name}' here, and nothing else."
            : $"There is no '{name}' here. There are: {string.Join(", ", record.Fields.Select(field => field.Name))}.";
}
