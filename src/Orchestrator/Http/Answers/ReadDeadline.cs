using System.Globalization;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Answers;

/// <summary>
/// Every read is answered in time: with a 503 that says so, when the database is not. A caller who waits would not know for what.
/// </summary>
internal static class ReadDeadline
{
    // A statement that is interrupted has another second to end (ServiceDatabase), so that an answer comes within five.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static RouteGroupBuilder WithReadDeadline(this RouteGroupBuilder reads) =>
        reads.WithMetadata(new ReadMark()).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Runs a route; one with a deadline is interrupted when it has passed.</summary>
    public static async Task Run(HttpContext http, RequestDelegate route)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ReadMark>() is null)
        {
            await route(http);
            return;
        }

        var caller = http.RequestAborted;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(caller);
        deadline.CancelAfter(Patience);
        http.RequestAborted = deadline.Token;
        try
        {
            await route(http);
        }
        catch (OperationCanceledException)
            when (deadline.IsCancellationRequested && !caller.IsCancellationRequested && !http.Response.HasStarted)
        {
            http.Response.Clear();
            await Answer(http);
        }
        finally
        {
            http.RequestAborted = caller;
        }
    }

    private static Task Answer(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Problem
            .Of(
                ProblemTypes.Unavailable,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Its database did not answer within {Patience.TotalSeconds:0} seconds. Ask again in a few seconds; GET /health/ready "
                        + $"says what is missing or slow."
                )
            )
            .ExecuteAsync(context);
    }

    private sealed class ReadMark;
}
