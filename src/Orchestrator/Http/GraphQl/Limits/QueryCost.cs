using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using SagaOrchestrator.Http.GraphQl.Asking;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GraphQl.Limits;

/// <summary>
/// What a query would cost, told from its text before anything else looks at it: how deep it is, how many values its answer may have, and
/// how many of its fields ask the database. Fragments count each time that they are used. It ends where the limit is passed, so that no
/// text can make it long.
/// </summary>
internal sealed class QueryCost(ISchema schema, GraphQlSettings settings, GraphQLDocument document, Inputs variables)
{
    /// <summary>On a field: it asks the database.</summary>
    public const string AsksMark = "asks";

    // How many items a list has that is not paged, such as the steps of a saga.
    private const int UsualItems = 10;

    private static readonly string[] PageSizes = ["first", "last", "limit"];

    private readonly HashSet<string> spread = new(StringComparer.Ordinal);
    private GraphQLVariablesDefinition? declared;
    private long values;
    private long valuesOfTheSchema;

    /// <summary>How many fields ask the database.</summary>
    public int Reads { get; private set; }

    /// <summary>Measures the whole document.</summary>
    /// <exception cref="RefusedRead">It costs too much.</exception>
    public void Measure()
    {
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
        {
            declared = operation.Variables;
            Walk(operation.SelectionSet, new Level(schema.Query, Depth: 1, Times: 1, IsPage: false));
        }
    }

    private void Walk(GraphQLSelectionSet? selection, Level level)
    {
        foreach (var node in selection?.Selections ?? [])
        {
            Count(level);
            switch (node)
            {
                case GraphQLField field when level.InSchema is { } inSchema:
                    WalkTheSchema(field, level, inSchema);
                    break;
                case GraphQLField field when level.Type == schema.Query && SchemaDepth.Begins(field):
                    Walk(field.SelectionSet, level with { Type = null, InSchema = new SchemaDepth(0, 0) });
                    break;
                case GraphQLField field:
                    Walk(field, level);
                    break;
                case GraphQLInlineFragment inline:
                    Walk(inline.SelectionSet, level.On(TypeOf(inline.TypeCondition)));
                    break;
                case GraphQLFragmentSpread { FragmentName.Name: var name } when spread.Add(name.StringValue):
                    var fragment = document
                        .Definitions.OfType<GraphQLFragmentDefinition>()
                        .FirstOrDefault(one => one.FragmentName.Name == name);
                    Walk(fragment?.SelectionSet, level.On(TypeOf(fragment?.TypeCondition)));
                    spread.Remove(name.StringValue);
                    break;
            }
        }
    }

    private void Walk(GraphQLField field, Level level)
    {
        if (level.Depth > settings.MaxDepth)
        {
            throw Refused($"It is deeper than {settings.MaxDepth} fields", nameof(settings.MaxDepth));
        }

        var definition = level.Type?.GetField(field.Name.Value);
        if (definition?.HasMetadata(AsksMark) == true && ++Reads > settings.MaxReads)
        {
            throw Refused($"More than {settings.MaxReads} of its fields ask the database", nameof(settings.MaxReads));
        }

        var size = definition is null ? null : PageSize(definition, field);
        var times = size ?? (IsList(definition?.ResolvedType) && !level.IsPage ? UsualItems : 1);
        Walk(
            field.SelectionSet,
            new Level(
                definition?.ResolvedType?.GetNamedType() as IComplexGraphType,
                level.Depth + 1,
                Math.Min(level.Times * times, (long)settings.MaxComplexity + 1),
                IsPage: size is not null
            )
        );
    }

    // What the tools of GraphQL ask of the schema is deeper, and more, than any data.
    private void WalkTheSchema(GraphQLField field, Level level, SchemaDepth inSchema) =>
        Walk(
            field.SelectionSet,
            level with
            {
                Times = Math.Min(level.Times * SchemaDepth.Times(field, schema.AllTypes.Count, UsualItems), SchemaDepth.MostValues + 1),
                InSchema = inSchema.Below(field),
            }
        );

    private void Count(Level level)
    {
        if (level.InSchema is not null)
        {
            valuesOfTheSchema += level.Times;
            if (valuesOfTheSchema > SchemaDepth.MostValues)
            {
                throw SchemaDepth.Refused($"Its answer may have more than {SchemaDepth.MostValues} values of the schema");
            }

            return;
        }

        values += level.Times;
        if (values > settings.MaxComplexity)
        {
            throw Refused($"Its answer may have more than {settings.MaxComplexity} values", nameof(settings.MaxComplexity));
        }
    }

    private int? PageSize(FieldType definition, GraphQLField field)
    {
        var sizes = PageSizes.Select(name => definition.Arguments?.Find(name)).OfType<QueryArgument>().ToList();
        return sizes.Count == 0
            ? null
            : sizes.Select(argument => Given(field, argument.Name)).FirstOrDefault(given => given is not null)
                ?? sizes[0].DefaultValue as int?
                ?? ListSagas.ListSagasEndpoint.UsualPage;
    }

    // What is written and is no number is refused afterwards, and counts as one item here.
    private int? Given(GraphQLField field, string name) =>
        field.Arguments?.FirstOrDefault(argument => argument.Name.Value == name)?.Value switch
        {
            null or GraphQLNullValue => null,
            GraphQLIntValue number when int.TryParse(number.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var size) =>
                Math.Max(1, size),
            GraphQLVariable variable => Given(variable.Name.StringValue),
            _ => 1,
        };

    // A variable that was not sent has the value that the operation says; what cannot be told here may be the largest page.
    private int? Given(string variable) =>
        (variables.TryGetValue(variable, out var sent), sent) switch
        {
            (true, null) => null,
            (true, int size) => Math.Max(1, size),
            (true, _) => ListSagas.ListSagasEndpoint.LargestPage,
            _ => declared?.Items.FirstOrDefault(one => one.Variable.Name.Value == variable)?.DefaultValue switch
            {
                null or GraphQLNullValue => null,
                GraphQLIntValue number when int.TryParse(number.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var size) =>
                    Math.Max(1, size),
                _ => ListSagas.ListSagasEndpoint.LargestPage,
            },
        };

    private IComplexGraphType? TypeOf(GraphQLTypeCondition? condition) =>
        condition is null ? null : schema.AllTypes[condition.Type.Name] as IComplexGraphType;

    private static bool IsList(IGraphType? type) => (type as NonNullGraphType)?.ResolvedType is ListGraphType || type is ListGraphType;

    private static RefusedRead Refused(string what, string setting) =>
        new(GraphQlProblems.TooMuch, $"{what}: ask for less, or have GraphQl:{setting} raised.");

    private sealed record Level(IComplexGraphType? Type, int Depth, long Times, bool IsPage)
    {
        /// <summary>How far it is in the schema; null in data.</summary>
        public SchemaDepth? InSchema { get; init; }

        public Level On(IComplexGraphType? type) => type is null ? this : this with { Type = type };
    }
}
