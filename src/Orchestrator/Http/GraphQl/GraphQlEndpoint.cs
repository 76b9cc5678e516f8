using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using SagaOrchestrator.Http.Description;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.GraphQl;

/// <summary>The routes of GraphQL.</summary>
internal static class GraphQlEndpoint
{
    /// <summary>The media type of the schema.</summary>
    public const string MediaType = "application/graphql";

    private const string Example = "{ sagas(first: 5, filter: { state: [Parked] }) { nodes { id businessKey stuck { step code } } } }";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapBody("/", Ask)
            .WithName("askGraphQl")
            .WithSummary("Any of the reads in one query of GraphQL")
            .WithDescription(
                "One query a request; there are no mutations. A query that cannot be answered is a 200 with 'errors', each with a code and "
                    + "the next move. Its values, filters, bounds and cursors are those of the other routes. Each field that asks the "
                    + "database counts as a read."
            )
            .WithMetadata(new BodyExample(new JsonObject { ["query"] = Example }))
            .TakesBody<GraphQlRequest>()
            .Produces<GraphQlAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/schema", Show)
            .WithName("readGraphQlSchema")
            .WithSummary("The schema of GraphQL as a document")
            .WithDescription("In the schema definition language.")
            .Produces<string>(contentType: MediaType);
    }

    private static async Task<IResult> Ask(HttpContext http, GraphQlEngine engine, IntakeLimits limits, CancellationToken cancellationToken)
    {
        var read = await RequestBody.Read<GraphQlRequest>(http.Request, limits, cancellationToken);
        return read.Value is { } request ? await engine.Answer(http, request) : read.Problem!;
    }

    private static ContentHttpResult Show() => TypedResults.Text(GraphQlSchema.Text, MediaType, System.Text.Encoding.UTF8);
}
