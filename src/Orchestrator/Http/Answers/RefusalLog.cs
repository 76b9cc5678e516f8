using System.Globalization;
using System.Threading.RateLimiting;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Answers;

/// <summary>
/// Writes down who was refused: not known, not allowed, by a name that is not ours, or asking too often. Of those who ask too often a line
/// each second is enough, so that they cannot fill the log.
/// </summary>
internal sealed class RefusalLog(ILogger<RefusalLog> log) : IDisposable
{
    private readonly PartitionedRateLimiter<string> often = PartitionedRateLimiter.Create<string, string>(caller =>
        RateLimitPartition.GetFixedWindowLimiter(
            caller,
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = 1,
                Window = TimeSpan.FromSeconds(1),
                AutoReplenishment = false,
            }
        )
    );

    public void Write(HttpContext http)
    {
        var (status, problem) = (http.Response.StatusCode, ProblemAnswer.Given(http));
        if (!IsRefusal(status, problem))
        {
            return;
        }

        var (caller, origin) = (Caller.Of(http).Name, AccessLog.Origin(http));
        using var lease = status == StatusCodes.Status429TooManyRequests ? often.AttemptAcquire(caller ?? origin ?? string.Empty) : null;
        if (lease is null or { IsAcquired: true })
        {
            AccessLog.Refused(
                log,
                http.Request.Method,
                http.Request.Path,
                caller,
                Caller.Word(RouteAccess.Of(http)),
                origin,
                status,
                problem ?? status.ToString(CultureInfo.InvariantCulture)
            );
        }
    }

    public void Dispose() => often.Dispose();

    private static bool IsRefusal(int status, string? problem) =>
        status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests
        || problem == ProblemTypes.UnknownHost.Name;
}
