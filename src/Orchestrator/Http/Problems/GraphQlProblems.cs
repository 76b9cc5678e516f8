namespace SagaOrchestrator.Http.Problems;

/// <summary>Why a query of GraphQL is refused. The answer's status is 200, and these are the codes of its <c>errors</c>.</summary>
internal static class GraphQlProblems
{
    public static readonly ProblemType Syntax = new(
        "graphql-syntax",
        StatusCodes.Status200OK,
        "The query is no GraphQL.",
        "Correct what stands at 'locations', and send it again."
    );

    public static readonly ProblemType Invalid = new(
        "graphql-invalid",
        StatusCodes.Status200OK,
        "The query does not fit the schema.",
        "Ask for what the schema has: GET /api/v1/graphql/schema."
    );

    public static readonly ProblemType TooMuch = new(
        "graphql-too-much",
        StatusCodes.Status200OK,
        "The query asks for too much at once.",
        "Ask for smaller pages or fewer fields, in several requests; or have the setting raised that 'message' names."
    );

    public static readonly ProblemType NoIntrospection = new(
        "graphql-no-introspection",
        StatusCodes.Status200OK,
        "The schema cannot be asked for in GraphQL here.",
        "Read it as a document: GET /api/v1/graphql/schema."
    );

    public static IReadOnlyList<ProblemType> All { get; } = [Syntax, Invalid, TooMuch, NoIntrospection];
}
