using System.Globalization;
using Microsoft.AspNetCore.Http.Timeouts;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Answers;

/// <summary>Every read is answered in time: with a 503 that says so, when the database is not. A caller who waits would not know for what.</summary>
internal static class ReadDeadline
{
    private const string Policy = "reads";

    // A statement that is interrupted has another second to end (ServiceDatabase), so that an answer comes within five.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static void Add(IServiceCollection services) => services.AddRequestTimeouts(options => options.AddPolicy(Policy, new RequestTimeoutPolicy
    {
        Timeout = Patience, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable, WriteTimeoutResponse = Answer,
    }));

    public static RouteGroupBuilder WithReadDeadline(this RouteGroupBuilder reads)
    {
        reads.WithRequestTimeout(Policy);
        return reads.ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static Task Answer(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Problem.Of(
            ProblemTypes.Unavailable,
            string.Create(CultureInfo.InvariantCulture,
                $"Its database did not answer within {Patience.TotalSeconds:0} seconds. Ask again in a few seconds; GET /health/ready says what is missing or slow."))
            .ExecuteAsync(context);
    }
}
