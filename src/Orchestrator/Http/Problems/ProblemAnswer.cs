using Microsoft.AspNetCore.Mvc;

namespace SagaOrchestrator.Http.Problems;

/// <summary>An error answer: RFC 9457 problem details.</summary>
internal sealed class ProblemAnswer(ProblemDetails problem, ProblemType type) : IResult, IStatusCodeHttpResult
{
    private const string MediaType = "application/problem+json";
    private const int LongestInstance = 500;

    public int? StatusCode => problem.Status;

    public ProblemType Type => type;

    public ProblemDetails Details => problem;

    /// <summary>Adds a member.</summary>
    public ProblemAnswer With(string member, object value)
    {
        problem.Extensions[member] = value;
        return this;
    }

    /// <summary>The code of the error that a request was answered with; null when it was not.</summary>
    public static string? Given(HttpContext http) => http.Items[typeof(ProblemAnswer)] as string;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Items[typeof(ProblemAnswer)] = type.Name;
        var instance = httpContext.Request.Path.ToUriComponent();
        problem.Instance = instance.Length <= LongestInstance ? instance : instance[..LongestInstance];
        problem.Type = ApiPaths.Of(httpContext).Base + type.Path;
        problem.Extensions["code"] = type.Name;
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
        // The request may be cancelled already, by its deadline; the answer says so.
        return httpContext.Response.WriteAsJsonAsync(problem, problem.GetType(), ApiJson.Options, MediaType, CancellationToken.None);
    }
}
