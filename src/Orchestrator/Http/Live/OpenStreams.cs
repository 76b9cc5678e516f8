using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Live;

/// <summary>The streams that are open in this replica: a bounded number, and all end when it shuts down.</summary>
internal sealed class OpenStreams(IHostApplicationLifetime lifetime) : IDisposable
{
    private const int Most = 500;
    private const int SecondsToComeBack = 5;

    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions { PermitLimit = Most });

    public IResult Stream(
        HttpContext http,
        Func<CancellationToken, IAsyncEnumerable<SseItem<string>>> events,
        CancellationToken cancellationToken
    )
    {
        var permit = limiter.AttemptAcquire();
        if (!permit.IsAcquired)
        {
            http.Response.Headers.RetryAfter = SecondsToComeBack.ToString(CultureInfo.InvariantCulture);
            return Problem.Of(
                ProblemTypes.TooManyStreams,
                $"{Most} streams are open in this replica. Close one, or come back in {SecondsToComeBack} seconds."
            );
        }

        http.Response.RegisterForDispose(permit);
        // Nobody reads the events of a HEAD, and they would not end.
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.ContentType = "text/event-stream";
            return TypedResults.Empty;
        }

        // A proxy that gathers answers would hold events back.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(UntilShutdown(events, cancellationToken));
    }

    public void Dispose() => limiter.Dispose();

    private async IAsyncEnumerable<SseItem<string>> UntilShutdown(
        Func<CancellationToken, IAsyncEnumerable<SseItem<string>>> events,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await using var stream = events(either.Token).GetAsyncEnumerator(either.Token);
        while (await Next(stream, either.Token))
        {
            yield return stream.Current;
        }
    }

    private static async Task<bool> Next(IAsyncEnumerator<SseItem<string>> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNextAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
