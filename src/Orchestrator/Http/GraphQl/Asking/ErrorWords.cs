using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQL.Validation.Errors.Custom;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GraphQl.Asking;

/// <summary>What a caller sees of an error: a code, its page and the next move. Nothing of an exception.</summary>
internal sealed class ErrorWords(string pathBase) : IErrorInfoProvider
{
    public ErrorInfo GetInfo(ExecutionError executionError)
    {
        var (type, message) = executionError switch
        {
            RefusedRead refused => (refused.Problem.Type, refused.Message),
            UnhandledError { InnerException: RefusedRead failed } => (failed.Problem.Type, failed.Message),
            NoIntrospectionError => (GraphQlProblems.NoIntrospection, GraphQlProblems.NoIntrospection.Title),
            SyntaxError => (GraphQlProblems.Syntax, GraphQlProblems.Syntax.Title),
            ValidationError or DocumentError or RequestError => (GraphQlProblems.Invalid, executionError.Message),
            _ => (ProblemTypes.Internal, ProblemTypes.Internal.Title),
        };
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = type.Name,
            ["type"] = pathBase + type.Path,
            ["nextMove"] = type.NextMove,
        };
        if ((executionError as RefusedRead)?.Fields is { } fields)
        {
            extensions["errors"] = fields;
        }

        return new ErrorInfo { Message = message, Extensions = extensions };
    }
}
