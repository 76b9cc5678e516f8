using Microsoft.AspNetCore.Mvc;

namespace SagaOrchestrator.Http.Problems;

/// <summary>An error answer: RFC 9457 problem details.</summary>
internal sealed class ProblemAnswer(ProblemDetails problem) : IResult, IStatusCodeHttpResult
{
    private const string MediaType = "application/problem+json";
    private const int LongestInstance = 500;

    public int? StatusCode => problem.Status;

    /// <summary>Adds a member.</summary>
    public ProblemAnswer With(string member, object value)
    {
        problem.Extensions[member] = value;
        return this;
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var instance = httpContext.Request.Path.ToUriComponent();
        problem.Instance = instance.Length <= LongestInstance ? instance : instance[..LongestInstance];
        httpContext.Response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
        // The request may be cancelled already, by its deadline; the answer says so.
        return httpContext.Response.WriteAsJsonAsync(problem, problem.GetType(), ApiJson.Options, MediaType, CancellationToken.None);
    }
}
