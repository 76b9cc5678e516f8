using System.Globalization;
using System.Threading.RateLimiting;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.StartSaga;

/// <summary>The permits of starts that are on their way from body to answer.</summary>
internal sealed class StartPermits(StartLimits limits) : IDisposable
{
    private const int SecondsToComeBack = 1;

    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions { PermitLimit = limits.AtOnce });

    public StartLimits Limits => limits;

    public RateLimitLease Take() => limiter.AttemptAcquire();

    public ProblemAnswer Refusal(HttpResponse response)
    {
        response.Headers.RetryAfter = SecondsToComeBack.ToString(CultureInfo.InvariantCulture);
        return Problem.Of(
            ProblemTypes.TooManyStarts,
            $"{limits.AtOnce} starts are on their way in this replica. Nothing was started; send the same request again in a second."
        );
    }

    public void Dispose() => limiter.Dispose();
}
