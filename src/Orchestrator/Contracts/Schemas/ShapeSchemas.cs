using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Contracts.Schemas;

/// <summary>
/// Writes the intake's description as schemas. What the intake takes, its schema takes. The intake refuses some things more that no schema
/// can say; <c>description</c> and <c>x-</c> members name them.
/// </summary>
/// <param name="limits">Those that hold where a description says nothing.</param>
/// <param name="place">Where the schemas of records stand in the document, for example <c>#/$defs/</c>.</param>
internal sealed class ShapeSchemas(IntakeLimits limits, string place)
{
    private const string NoNul = "^[^\\u0000]*$";
    private const string NotBlank = "\\S";
    private const string NoControl = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";
    private const string NoBlankAtItsEnds = "^(\\S|\\S.*\\S)?$";

    /// <summary>How an id is written.</summary>
    public const string Id = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
    private const string Date = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    /// <summary>How a time is written.</summary>
    public const string Time = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,16})?)?(Z|[+-][0-9]{2}:[0-9]{2})$";
    private const string Duration = "^([0-9]+\\.)?[0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\\.[0-9]{1,7})?)?$";

    /// <summary>How a value is written as a text; null for what has no form of its own.</summary>
    public static string? PatternOf(Shape shape) =>
        shape switch
        {
            WordShape word => $"^({string.Join('|', word.Words.Select(Regex.Escape))})$",
            DecimalShape number => Digits(number),
            IdShape => Id,
            DateShape => Date,
            InstantShape => Time,
            DurationShape => Duration,
            _ => null,
        };

    private readonly Dictionary<string, JsonObject> records = new(StringComparer.Ordinal);

    /// <summary>The schemas of all records that were met, by name.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Records =>
        records
            .OrderBy(record => record.Key, StringComparer.Ordinal)
            .Select(record => KeyValuePair.Create(record.Key, (JsonNode?)record.Value));

    /// <summary>The schema of a shape: of a record, where it stands.</summary>
    public JsonObject Of(Shape shape)
    {
        var schema = shape switch
        {
            ObjectShape record => Reference(record),
            TextShape text => Text(text),
            WordShape word => Described(word, "string", ("enum", DocumentJson.Texts(word.Words))),
            DecimalShape number => Decimal(number),
            IntegerShape number => Described(number, "integer", ("minimum", number.Least), ("maximum", number.Most)),
            NumberShape => Described(shape, "number"),
            BooleanShape => Described(shape, "boolean"),
            IdShape => Written(shape, "uuid", Id, ("not", new JsonObject { ["const"] = Guid.Empty.ToString() })),
            DateShape => Written(shape, "date", Date),
            InstantShape => Written(shape, "date-time", Time),
            DurationShape => Written(shape, null, Duration),
            ListShape list => Described(
                list,
                "array",
                ("items", Of(list.Item)),
                ("minItems", list.Fewest),
                ("maxItems", list.Most ?? limits.ListItems)
            ),
            MapShape map => Described(map, "object", ("additionalProperties", Of(map.Value))),
            FreeShape { IsObject: true } => Described(shape, "object", ("x-max-bytes", limits.DocumentBytes)),
            _ => new JsonObject(),
        };
        return shape.IsNullable ? new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) } : schema;
    }

    /// <summary>The schema of a record itself.</summary>
    public JsonObject Record(ObjectShape shape)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = DocumentJson.Object(shape.Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Of(field)))),
            ["required"] = DocumentJson.Texts(shape.Fields.Where(field => field.IsRequired).Select(field => field.Name)),
        };
        if (shape.IsClosed)
        {
            schema["additionalProperties"] = false;
        }

        return schema;
    }

    // Where it is encrypted it is a string, whatever it was before.
    private JsonObject Of(Field field) =>
        field.IsSensitive
            ? new JsonObject
            {
                ["anyOf"] = new JsonArray(Of(field.Shape), new JsonObject { ["type"] = "string", ["pattern"] = "^" + SealedText.Prefix }),
                ["x-sensitive"] = true,
                ["description"] = "Encrypted in commands and where it is kept. A start brings it plain.",
            }
            : Of(field.Shape);

    private JsonObject Reference(ObjectShape shape)
    {
        if (!records.ContainsKey(shape.Name))
        {
            // Its place first: a field may lead back to it.
            records[shape.Name] = [];
            records[shape.Name] = Record(shape);
        }

        return new JsonObject { ["$ref"] = place + shape.Name };
    }

    private JsonObject Text(TextShape text)
    {
        var schema = Described(text, "string");
        if (text.Shortest > 0)
        {
            schema["minLength"] = text.Shortest;
        }

        schema["maxLength"] = text.Longest ?? limits.TextCharacters;
        string[] patterns =
            text.IsKey ? [NoControl, NoBlankAtItsEnds]
            : text.Shortest > 0 ? [NoNul, NotBlank]
            : [NoNul];
        if (patterns is [var only])
        {
            schema["pattern"] = only;
        }
        else
        {
            schema["allOf"] = new JsonArray([.. patterns.Select(pattern => new JsonObject { ["pattern"] = pattern })]);
        }

        return schema;
    }

    private static JsonObject Decimal(DecimalShape shape)
    {
        var number = new JsonObject { ["type"] = "number" };
        if (shape.Least > decimal.MinValue)
        {
            number["minimum"] = shape.Least;
        }

        if (shape.Most < decimal.MaxValue)
        {
            number["maximum"] = shape.Most;
        }

        var schema = new JsonObject
        {
            ["description"] = shape.Expected,
            ["anyOf"] = new JsonArray(number, new JsonObject { ["type"] = "string", ["pattern"] = Digits(shape) }),
        };
        if (shape.Places is { } places)
        {
            schema["x-decimals"] = places;
        }

        return schema;
    }

    // A negative zero is a zero. Zeros at the end count as no decimals.
    private static string Digits(DecimalShape shape)
    {
        var fraction = shape.Places is { } places
            ? string.Create(CultureInfo.InvariantCulture, $"(\\.([0-9]{{1,{places}}}0*))?")
            : "(\\.[0-9]+)?";
        return shape.Least < 0 ? $"^-?[0-9]+{fraction}$" : $"^([0-9]+{fraction}|-0+(\\.0+)?)$";
    }

    private static JsonObject Written(Shape shape, string? format, string pattern, params (string Name, JsonNode Value)[] more)
    {
        var schema = Described(shape, "string", [("pattern", pattern), .. more]);
        if (format is not null)
        {
            schema["format"] = format;
        }

        return schema;
    }

    private static JsonObject Described(Shape shape, string type, params (string Name, JsonNode Value)[] more)
    {
        var schema = new JsonObject { ["type"] = type, ["description"] = shape.Expected };
        foreach (var (name, value) in more)
        {
            schema[name] = value;
        }

        return schema;
    }
}
