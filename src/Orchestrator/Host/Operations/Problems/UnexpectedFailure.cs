using Microsoft.AspNetCore.Diagnostics;
using SagaOrchestrator.Outbox.Endpoints;

namespace SagaOrchestrator.Host.Operations.Problems;

/// <summary>What a caller sees when something failed that is not the caller's fault.</summary>
internal sealed class UnexpectedFailure : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is BadHttpRequestException { StatusCode: var status } bad)
        {
            await Problem.Of(status, "bad-request", "The request cannot be read.", bad.Message).ExecuteAsync(context);
            return true;
        }

        if (Transient.Is(exception))
        {
            context.Response.Headers.RetryAfter = "5";
            await Problem.Of(
                StatusCodes.Status503ServiceUnavailable, "unavailable", "The orchestrator cannot reach its database or broker.",
                "Send the same request again in a few seconds; a start is idempotent by its business key.").ExecuteAsync(context);
            return true;
        }

        await Problem.Of(
            StatusCodes.Status500InternalServerError, "internal", "The orchestrator failed.",
            $"Its log has the details under trace id {System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier}.")
            .ExecuteAsync(context);
        return true;
    }
}
