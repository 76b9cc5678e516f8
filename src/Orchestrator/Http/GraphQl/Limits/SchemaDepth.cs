using GraphQLParser.AST;
using SagaOrchestrator.Http.GraphQl.Asking;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GraphQl.Limits;

/// <summary>
/// How far a query has gone below <c>__schema</c> or <c>__type</c>. Types have fields that have types: what the tools of GraphQL ask is
/// answered, and nothing goes round in it.
/// </summary>
/// <param name="Lists">How many lists stand in one another that lead to more types.</param>
/// <param name="Wrappers">How many times a type was unwrapped.</param>
internal sealed record SchemaDepth(int Lists, int Wrappers)
{
    /// <summary>How many values of the schema an answer may have. The tools of GraphQL ask for about half as many.</summary>
    public const int MostValues = 1_000_000;

    private const int MostLists = 2;
    private const int MostWrappers = 10;

    /// <summary>Whether a field leads into the schema.</summary>
    public static bool Begins(GraphQLField field) => field.Name.StringValue is "__schema" or "__type";

    /// <summary>How far it is below a field.</summary>
    /// <exception cref="RefusedRead">Too far.</exception>
    public SchemaDepth Below(GraphQLField field)
    {
        var below = field.Name.StringValue switch
        {
            "types" or "fields" or "inputFields" or "possibleTypes" or "interfaces" => this with { Lists = Lists + 1 },
            "ofType" => this with { Wrappers = Wrappers + 1 },
            _ => this,
        };
        return below.Lists <= MostLists && below.Wrappers <= MostWrappers ? below : throw Refused("It goes round in the schema");
    }

    /// <summary>How many values one value of a field stands for.</summary>
    /// <param name="field">The field.</param>
    /// <param name="types">How many types there are.</param>
    /// <param name="usual">How many items another list has.</param>
    public static int Times(GraphQLField field, int types, int usual) =>
        field.Name.StringValue switch
        {
            "types" => types,
            "fields" or "inputFields" or "possibleTypes" or "interfaces" or "args" or "enumValues" or "directives" or "locations" => usual,
            _ => 1,
        };

    public static RefusedRead Refused(string what) =>
        new(GraphQlProblems.TooMuch, $"{what}: ask for less, or read the schema as a document: GET /api/v1/graphql/schema.");
}
