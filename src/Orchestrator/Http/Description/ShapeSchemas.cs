using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Http.Description;

/// <summary>What bodies may be: the shapes that the intake checks them against, written as schemas (rule S39).</summary>
internal sealed class ShapeSchemas(Components components, IntakeLimits limits)
{
    private const string Key = @"^\S(.*\S)?$";
    private const string NotBlank = @"\S";

    public IOpenApiSchema Of(Shape shape)
    {
        var schema = Bare(shape);
        if (!shape.IsNullable)
        {
            return schema;
        }

        if (schema is not OpenApiSchema own)
        {
            return new OpenApiSchema { OneOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }] };
        }

        own.Type |= JsonSchemaType.Null;
        own.Enum?.Add(JsonNullSentinel.JsonNull);
        return own;
    }

    private IOpenApiSchema Bare(Shape shape) =>
        shape switch
        {
            TextShape text => Text(text),
            WordShape words => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Words.Select(word => (JsonNode)word)] },
            IntegerShape number => Integer(number),
            DecimalShape number => Decimal(number),
            NumberShape => new OpenApiSchema { Type = JsonSchemaType.Number },
            BooleanShape => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            IdShape => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            DateShape => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
            InstantShape => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
            WrittenShape => new OpenApiSchema { Type = JsonSchemaType.String, Description = shape.Expected },
            ListShape list => new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = Of(list.Item),
                MinItems = list.Fewest,
                MaxItems = list.Most ?? limits.ListItems,
            },
            MapShape map => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(map.Value) },
            ObjectShape fields => components.Of(fields, fields.Name, schema => Fill(schema, fields)),
            FreeShape { IsObject: true } => new OpenApiSchema { Type = JsonSchemaType.Object },
            _ => new OpenApiSchema(),
        };

    private OpenApiSchema Text(TextShape text) =>
        new()
        {
            Type = JsonSchemaType.String,
            MinLength = text.Shortest,
            MaxLength = text.Longest ?? limits.TextCharacters,
            Pattern =
                text.IsKey ? Key
                : text.Shortest > 0 ? NotBlank
                : null,
        };

    private static OpenApiSchema Integer(IntegerShape number) =>
        new()
        {
            Type = JsonSchemaType.Integer,
            Format = number is { Least: >= int.MinValue, Most: <= int.MaxValue } ? "int32" : "int64",
            Minimum = Text(number.Least),
            Maximum = Text(number.Most),
        };

    // A string holds it exactly wherever it is read; of a number the bounds can be said.
    private static OpenApiSchema Decimal(DecimalShape number) =>
        new()
        {
            Type = JsonSchemaType.Number | JsonSchemaType.String,
            Format = "decimal",
            Minimum = number.Least == decimal.MinValue ? null : Text(number.Least),
            Maximum = number.Most == decimal.MaxValue ? null : Text(number.Most),
            Pattern = number.Places is { } places ? $@"^-?\d+(\.\d{{1,{places}}})?$" : @"^-?\d+(\.\d+)?$",
            Description = number.Expected,
        };

    private void Fill(OpenApiSchema schema, ObjectShape shape)
    {
        schema.Properties = shape.Fields.ToDictionary(field => field.Name, field => Of(field.Shape));
        schema.Required = shape.Fields.Where(field => field.IsRequired).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        schema.AdditionalPropertiesAllowed = !shape.IsClosed;
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
