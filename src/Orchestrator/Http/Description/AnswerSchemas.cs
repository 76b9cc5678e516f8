using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using SagaOrchestrator.Http.ListSagas;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Description;

/// <summary>
/// What answers look like, from how <see cref="ApiJson"/> writes their types: words for enumerations, whole numbers as such, and what may
/// be null left out. The host's own settings for JSON do not matter.
/// </summary>
internal sealed class AnswerSchemas(Components components)
{
    private static readonly Dictionary<Type, (JsonSchemaType Type, string? Format)> Scalars = new()
    {
        [typeof(string)] = (JsonSchemaType.String, null),
        [typeof(bool)] = (JsonSchemaType.Boolean, null),
        [typeof(int)] = (JsonSchemaType.Integer, "int32"),
        [typeof(uint)] = (JsonSchemaType.Integer, "int64"),
        [typeof(long)] = (JsonSchemaType.Integer, "int64"),
        [typeof(double)] = (JsonSchemaType.Number, "double"),
        [typeof(decimal)] = (JsonSchemaType.Number, "decimal"),
        [typeof(Guid)] = (JsonSchemaType.String, "uuid"),
        [typeof(DateTimeOffset)] = (JsonSchemaType.String, "date-time"),
        [typeof(TimeSpan)] = (JsonSchemaType.String, null),
    };

    public IOpenApiSchema Of(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (Scalars.TryGetValue(bare, out var scalar))
        {
            return new OpenApiSchema { Type = scalar.Type, Format = scalar.Format };
        }

        if (bare.IsEnum)
        {
            return new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames(bare).Select(name => (JsonNode)name)] };
        }

        var info = ApiJson.Options.GetTypeInfo(bare);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(info.ElementType!) },
            JsonTypeInfoKind.Dictionary => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(info.ElementType!) },
            JsonTypeInfoKind.Object => components.Of(bare, NameOf(bare), schema => Fill(schema, info)),
            _ => new OpenApiSchema(),
        };
    }

    private void Fill(OpenApiSchema schema, JsonTypeInfo info)
    {
        schema.Properties = info.Properties.Where(property => property.Get is not null).ToDictionary(property => property.Name, Of);
        if (info.Type.IsDefined(typeof(SelectableAttribute), inherit: false))
        {
            return;
        }

        schema.Required = info
            .Properties.Where(property => property is { Get: not null, IsGetNullable: false })
            .Select(property => property.Name)
            .ToHashSet(StringComparer.Ordinal);
    }

    private IOpenApiSchema Of(JsonPropertyInfo property) => Of(property.PropertyType);

    private static string NameOf(Type type) =>
        type.IsGenericType ? type.Name.Split('`')[0] + "Of" + string.Join("And", type.GetGenericArguments().Select(NameOf)) : type.Name;
}
