using System.Diagnostics;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Http.Answers;

/// <summary>
/// What a caller sees of an exception: what is wrong with the request, that the surroundings are away, or the trace id under which the log
/// has it.
/// </summary>
internal sealed class UnexpectedFailure(IntakeLimits limits, ILogger<UnexpectedFailure> log)
{
    public async Task Answer(HttpContext context, Exception exception)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            // Who has hung up in the middle hears nothing, and is not worth a line.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            context.Response.ContentLength = 0;
            return;
        }

        context.Response.Clear();
        await Of(context, exception).ExecuteAsync(context);
    }

    /// <summary>What a caller sees of an exception. One that nobody expects is written to the log.</summary>
    public ProblemAnswer Of(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            return Unreadable(bad.StatusCode);
        }

        if (exception is NotOnThisNodeException missing)
        {
            context.Response.Headers.RetryAfter = "30";
            return Problem.Of(ProblemTypes.PlanVersionMissing, missing.Message);
        }

        if (exception is ConcurrencyConflictException)
        {
            context.Response.Headers.RetryAfter = "1";
            return Problem.Of(
                ProblemTypes.Busy,
                "Other messages changed it each time before this request could. Send the same request again."
            );
        }

        if (Transient.Is(exception))
        {
            context.Response.Headers.RetryAfter = "5";
            return Problem.Of(
                ProblemTypes.Unavailable,
                "Send the same request again in a few seconds; a start is idempotent by its business key."
            );
        }

        var trace = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an unknown path";
        ApiLog.RequestFailed(log, context.Request.Method, route, trace, FailureText.Of(exception));
        return Problem.Of(ProblemTypes.Internal, $"Its log has the details under trace id {trace}.");
    }

    // The server's own words name its settings, which a caller cannot change.
    private ProblemAnswer Unreadable(int status) =>
        status switch
        {
            StatusCodes.Status413PayloadTooLarge => Problem.TooLarge(limits.StartBytes),
            StatusCodes.Status408RequestTimeout => Problem.Of(
                ProblemTypes.TooSlow,
                $"After {HttpLimits.Grace.TotalSeconds} seconds a body must have come at {HttpLimits.LeastRate} bytes a second or more. "
                    + $"Nothing was done."
            ),
            StatusCodes.Status415UnsupportedMediaType => RequestBody.NotJson(),
            _ => Problem.Of(ProblemTypes.OfStatus(status), status, ProblemTypes.OfStatus(status).NextMove),
        };
}
