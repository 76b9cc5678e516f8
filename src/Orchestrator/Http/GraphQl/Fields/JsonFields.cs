using System.Text.Json;
using GraphQL;
using GraphQL.Types;

namespace SagaOrchestrator.Http.GraphQl.Fields;

/// <summary>
/// A field whose value stands in the JSON that REST answers, under the same name: so states, times and amounts are spelled alike.
/// </summary>
internal static class JsonFields
{
    public static object? Read(IResolveFieldContext context)
    {
        var json = context.Source switch
        {
            JsonElement element => element,
            IJsonSource source => source.Json,
            _ => default,
        };
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(context.FieldDefinition.Name, out var value)
            ? Value(value, context.FieldDefinition.ResolvedType!.GetNamedType())
            : null;
    }

    /// <summary>The items of a page without their cursors.</summary>
    public static object? Nodes(IResolveFieldContext context)
    {
        var json = context.Source is IJsonSource source ? source.Json : (JsonElement)context.Source!;
        return json.GetProperty("edges").EnumerateArray().Select(edge => (object)edge.GetProperty("node")).ToList();
    }

    /// <summary>A value of JSON as GraphQL takes it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The field's type, or that of the items of its list.</param>
    public static object? Value(JsonElement value, IGraphType type) =>
        type is JsonScalar
            ? value.ValueKind == JsonValueKind.Null
                ? null
                : value
            : value.ValueKind switch
            {
                JsonValueKind.Null or JsonValueKind.Undefined => null,
                JsonValueKind.String => value.GetString(),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number when type is FloatGraphType => value.GetDouble(),
                JsonValueKind.Number when type is IntGraphType => value.GetInt32(),
                JsonValueKind.Array => value.EnumerateArray().Select(item => Value(item, type)).ToList(),
                _ => value,
            };
}

/// <summary>What a field is read from, where more than its JSON is known.</summary>
internal interface IJsonSource
{
    /// <summary>What REST would answer.</summary>
    JsonElement Json { get; }
}
