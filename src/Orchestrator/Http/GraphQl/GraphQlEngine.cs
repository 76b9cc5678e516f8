using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQL.Validation.Rules.Custom;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Answers;
using SagaOrchestrator.Http.GraphQl.Asking;
using SagaOrchestrator.Http.GraphQl.Fields;
using SagaOrchestrator.Http.GraphQl.Limits;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.RateLimits;

namespace SagaOrchestrator.Http.GraphQl;

/// <summary>
/// Answers queries. It is made by hand and not from the host's container, so that a host that has a GraphQL of its own keeps it as it is.
/// </summary>
internal sealed class GraphQlEngine
{
    // A document is read before it is measured, so how deep it may be is bounded twice.
    private const int DeepestDocument = 200;
    private const int AtOnce = 4;

    private readonly DocumentExecuter executer = new();
    private readonly Schema schema = GraphQlSchema.Build();
    private readonly GraphQlSettings settings;
    private readonly CallerLimits limits;
    private readonly IValidationRule[] rules;

    public GraphQlEngine(GraphQlSettings settings, CallerLimits limits, IHostEnvironment environment)
    {
        (this.settings, this.limits) = (settings, limits);
        var isOpen = settings.Introspection || environment.IsDevelopment();
        rules = isOpen ? [.. DocumentValidator.CoreRules] : [NoIntrospectionValidationRule.Instance, .. DocumentValidator.CoreRules];
    }

    /// <summary>What goes to the caller: a 503 as every read where the database is away and nothing could be read.</summary>
    public async Task<IResult> Answer(HttpContext http, GraphQlRequest request)
    {
        var serializer = new GraphQLSerializer(Write, new ErrorWords(ApiPaths.Of(http).Base));
        var result = await Result(http, request, serializer);
        if (Unavailable(result) is { } problem)
        {
            return problem;
        }

        using var body = new MemoryStream();
        await serializer.WriteAsync(body, result, http.RequestAborted);
        return TypedResults.Bytes(body.ToArray(), "application/json; charset=utf-8");
    }

    private static ProblemAnswer? Unavailable(ExecutionResult result) =>
        result.Data is RootExecutionNode { SubFields: { } fields }
        && fields.All(field => field.Result is null)
        && result.Errors?.Count > 0
        && result.Errors.All(error => error is RefusedRead { Problem.StatusCode: StatusCodes.Status503ServiceUnavailable })
            ? ((RefusedRead)result.Errors[0]).Problem
            : null;

    private async Task<ExecutionResult> Result(HttpContext http, GraphQlRequest request, GraphQLSerializer serializer)
    {
        try
        {
            var variables = request.Variables is { } given ? serializer.ReadNode<Inputs>(given) ?? Inputs.Empty : Inputs.Empty;
            var document = Read(request.Query);
            var cost = new QueryCost(schema, settings, document, variables);
            cost.Measure();
            // The request itself was counted as one read.
            return limits.TakeMore(http, cost.Reads - 1) is { } refusal
                ? Refused(new RefusedRead(refusal))
                : await Execute(http, request, document, variables);
        }
        catch (ExecutionError error)
        {
            return Refused(error);
        }
    }

    private static GraphQLDocument Read(string query)
    {
        try
        {
            return Parser.Parse(query, new ParserOptions { Ignore = IgnoreOptions.Comments, MaxDepth = DeepestDocument });
        }
        catch (GraphQLSyntaxErrorException exception)
        {
            throw new SyntaxError(exception);
        }
        catch (GraphQLMaxDepthExceededException)
        {
            throw new RefusedRead(GraphQlProblems.TooMuch, "It is too deep to be read. Ask for less.");
        }
    }

    private Task<ExecutionResult> Execute(HttpContext http, GraphQlRequest request, GraphQLDocument document, Inputs variables) =>
        executer.ExecuteAsync(
            new ExecutionOptions
            {
                Schema = schema,
                Query = request.Query,
                Document = document,
                OperationName = request.OperationName,
                Variables = variables,
                ValidationRules = rules,
                UserContext = new RequestReads(http),
                RequestServices = http.RequestServices,
                MaxParallelExecutionCount = AtOnce,
                CancellationToken = http.RequestAborted,
                UnhandledExceptionDelegate = failed =>
                {
                    failed.Exception = new RefusedRead(
                        http.RequestServices.GetRequiredService<UnexpectedFailure>().Of(http, failed.OriginalException)
                    );
                    return Task.CompletedTask;
                },
            }
        );

    private static ExecutionResult Refused(ExecutionError error) => new() { Errors = [error] };

    private static void Write(JsonSerializerOptions options) => options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
}
