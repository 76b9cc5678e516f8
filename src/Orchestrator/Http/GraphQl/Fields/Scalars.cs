using System.Globalization;
using System.Text.Json;
using GraphQL.Types;
using GraphQLParser.AST;

namespace SagaOrchestrator.Http.GraphQl.Fields;

/// <summary>A scalar that is written as REST writes it, and read as text; whoever takes the argument says whether it is right.</summary>
internal class PlainScalar : ScalarGraphType
{
    public PlainScalar(string name) => Name = name;

    public override object? Serialize(object? value) => value;

    public override bool CanParseLiteral(GraphQLValue value) => value is GraphQLStringValue or GraphQLIntValue or GraphQLNullValue;

    public override object? ParseLiteral(GraphQLValue value) =>
        value switch
        {
            GraphQLStringValue text => ParseValue(text.Value.ToString()),
            GraphQLIntValue number => ParseValue(number.Value.ToString()),
            GraphQLNullValue => null,
            _ => ThrowLiteralConversionError(value),
        };

    public override object? ParseValue(object? value) =>
        value switch
        {
            null => null,
            string text => Parse(text),
            int or long or decimal or System.Numerics.BigInteger => Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!),
            _ => ThrowValueConversionError(value),
        };

    protected virtual object Parse(string text) => text;
}

/// <summary>A UUID.</summary>
internal sealed class IdScalar() : PlainScalar("UUID")
{
    protected override object Parse(string text) => Guid.TryParse(text, out _) ? text : ThrowValueConversionError(text);
}

/// <summary>Any JSON, as an answer.</summary>
internal sealed class JsonScalar() : PlainScalar("JSON")
{
    public override object? Serialize(object? value) => value is JsonElement or null ? value : ThrowSerializationError(value);
}
