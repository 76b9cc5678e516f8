using System.Globalization;
using SagaOrchestrator.Documents.Reading;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Documents.Schemas;

/// <summary>Reads the part of JSON Schema that the intake can hold data to, as the shape that it then applies.</summary>
internal sealed class ShapeReader(ICollection<PlanFinding> findings)
{
    private const int MostFields = 64;

    /// <summary>Reads a schema.</summary>
    /// <param name="node">The schema.</param>
    /// <param name="name">What objects are called in documents that are made from it.</param>
    public Shape? Read(Node node, string name)
    {
        if (Fields.Of(node, findings) is not { } fields)
        {
            return null;
        }

        fields.Text("description");
        fields.Flag("sensitive");
        var (type, isNullable) = TypeOf(fields);
        var shape = type switch
        {
            _ when fields.Node("enum") is { } words => Words(fields, words),
            "string" => Text(fields),
            "integer" => Integer(fields),
            "number" => new NumberShape(),
            "boolean" => new BooleanShape(),
            "array" => List(fields, name),
            "object" => Object(fields, name),
            _ => (Shape?)null,
        };
        fields.NoOthers();
        return shape is null || !isNullable ? shape : shape with { IsNullable = true };
    }

    private static (string? Type, bool IsNullable) TypeOf(Fields fields)
    {
        string[] known = ["string", "integer", "number", "boolean", "array", "object"];
        var node = fields.Required("type");
        string?[] types = node switch
        {
            ScalarNode scalar => [scalar.Text],
            ListNode list => [.. list.Items.Select(item => (item as ScalarNode)?.Text)],
            _ => [],
        };
        string?[] others = [.. types.Where(type => type != "null")];
        if (others is [{ } only] && known.Contains(only))
        {
            return (only, types.Length > 1);
        }

        if (node is not null)
        {
            fields.Refuse(node, Rules.Schema, $"Write one of: {string.Join(", ", known)}; or a list of one of them and \"null\".");
        }

        return (null, false);
    }

    private static WordShape? Words(Fields fields, Node words)
    {
        if (words is ListNode { Items: { Count: > 0 } items } && items.All(item => item is ScalarNode { Text.Length: > 0 }))
        {
            return new WordShape([.. items.Select(item => ((ScalarNode)item).Text!)]);
        }

        fields.Refuse(words, Rules.Schema, "'enum' is a list of one text or more.");
        return null;
    }

    private static Shape? Text(Fields fields)
    {
        var format = fields.Word("format", "decimal", "uuid", "date", "date-time", "duration", "key");
        if (format == "decimal")
        {
            return new DecimalShape(
                Number(fields, "minimum") ?? decimal.MinValue,
                Number(fields, "maximum") ?? decimal.MaxValue,
                fields.Whole("decimals", 0, 28)
            );
        }

        var (least, most) = (fields.Whole("minLength", 0, 1_000_000), fields.Whole("maxLength", 0, 1_000_000));
        return format switch
        {
            "uuid" => new IdShape(),
            "date" => new DateShape(),
            "date-time" => new InstantShape(),
            "duration" => new DurationShape(),
            "key" => new TextShape(least ?? 1, most ?? 200, IsKey: true),
            _ => new TextShape(least ?? 0, most, IsKey: false),
        };
    }

    private static IntegerShape Integer(Fields fields)
    {
        var (least, most) = (Number(fields, "minimum") ?? long.MinValue, Number(fields, "maximum") ?? long.MaxValue);
        if (least < long.MinValue || most > long.MaxValue)
        {
            fields.Refuse(fields.Place, Rules.Schema, "A whole number has at most 64 bits. Give other bounds.");
            return new IntegerShape(long.MinValue, long.MaxValue);
        }

        return new IntegerShape((long)decimal.Ceiling(least), (long)decimal.Floor(most));
    }

    private ListShape? List(Fields fields, string name)
    {
        var (fewest, most) = (fields.Whole("minItems", 0, 100_000), fields.Whole("maxItems", 0, 100_000));
        return fields.Required("items") is { } items && Read(items, name + ".item") is { } item
            ? new ListShape(item, fewest ?? 0, most)
            : null;
    }

    private Shape Object(Fields fields, string name)
    {
        var additional = fields.Node("additionalProperties");
        if (additional is MapNode values && !fields.Has("properties"))
        {
            return Read(values, name + ".value") is { } value ? new MapShape(value) : new FreeShape(IsObject: true);
        }

        var isClosed = additional is ScalarNode { Value: { } flag } && flag.TryGetValue(out bool open) && !open;
        if (additional is not null && !isClosed)
        {
            fields.Refuse(additional, Rules.Schema, "'additionalProperties' is false, or a schema where there are no 'properties'.");
        }

        var properties = fields.Object("properties")?.All();
        var required = fields.Texts("required");
        if (properties is null)
        {
            return new FreeShape(IsObject: true);
        }

        foreach (var missing in required.Where(field => properties.All(property => property.Name != field)))
        {
            fields.Refuse(fields.Node("required")!, Rules.Schema, $"'{missing}' is required and not among the properties.");
        }

        if (properties.Count > MostFields)
        {
            fields.Refuse(
                fields.Node("properties")!,
                Rules.Schema,
                string.Create(CultureInfo.InvariantCulture, $"An object has at most {MostFields} properties.")
            );
        }

        return ObjectShape.Of(name, isClosed, Properties(properties, required, name));
    }

    private IEnumerable<Field> Properties(IReadOnlyList<Member> properties, string[] required, string name)
    {
        foreach (var property in properties.DistinctBy(property => property.Name).Take(MostFields))
        {
            if (Read(property.Value, $"{name}.{property.Name}") is { } shape)
            {
                var isRequired = required.Contains(property.Name);
                // A field that may be left out may be null, as of a record.
                yield return new Field(property.Name, isRequired ? shape : shape with { IsNullable = true }, isRequired);
            }
        }
    }

    private static decimal? Number(Fields fields, string name)
    {
        var node = fields.Node(name);
        if (node is ScalarNode { Value: { } value } && Decimals.TryRead(value.ToString(), out var number))
        {
            return number;
        }

        if (node is not null)
        {
            fields.Refuse(node, Rules.Schema, $"'{name}' is a number, {Decimals.Form}.");
        }

        return null;
    }
}
