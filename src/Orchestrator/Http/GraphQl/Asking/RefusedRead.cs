using GraphQL;
using Microsoft.AspNetCore.Mvc;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GraphQl.Asking;

/// <summary>A problem as an error of GraphQL: what REST answers with instead of a value.</summary>
internal sealed class RefusedRead : ExecutionError
{
    public RefusedRead(ProblemAnswer problem)
        : base(problem.Details.Detail ?? problem.Type.Title) => Problem = problem;

    public RefusedRead(ProblemType type, string detail)
        : this(Problems.Problem.Of(type, detail)) { }

    public ProblemAnswer Problem { get; }

    /// <summary>What would be right, by argument; null where it is not about arguments.</summary>
    public IDictionary<string, string[]>? Fields => (Problem.Details as HttpValidationProblemDetails)?.Errors;
}
