using System.Globalization;
using System.Threading.RateLimiting;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Http.RateLimits;

/// <summary>
/// Counts what each caller asks for, so that none takes the API from the others: by name, or by address where nobody knows his name. An
/// answer says how much is left, in the headers <c>RateLimit-Policy</c> and <c>RateLimit</c>.
/// </summary>
internal sealed class CallerLimits(RateLimitSettings settings) : IDisposable
{
    // A bucket is filled again in about so many parts, or one by one where it is smaller.
    private const int Parts = 100;
    private const int IPv6Network = 8;

    private readonly PartitionedRateLimiter<(RateLimit Limit, string Caller)> limiter = PartitionedRateLimiter.Create<
        (RateLimit Limit, string Caller),
        (RateLimit Limit, string Caller)
    >(counted => RateLimitPartition.GetTokenBucketLimiter(counted, each => Bucket(settings, each.Limit)));

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.Read<RateLimitSettings>("RateLimits");
        services.AddSingleton(_ => new CallerLimits(settings));
    }

    /// <summary>Counts a request that was let in.</summary>
    /// <returns>Why it is one too many; null when it is not.</returns>
    public ProblemAnswer? Take(HttpContext http, SagaRole role) => Take(http, Of(role), 1);

    /// <summary>Counts what a request that was let in asks for beside its first read.</summary>
    /// <returns>Why it is too much; null when it is not.</returns>
    public ProblemAnswer? TakeMore(HttpContext http, int reads) =>
        reads <= 0 ? null : Take(http, RateLimit.Reads, Math.Min(reads, settings.Of(RateLimit.Reads)));

    /// <summary>Counts a request that was not let in.</summary>
    /// <returns>Why it is not even told why; null when it is.</returns>
    public ProblemAnswer? TakeRefused(HttpContext http) => Take(http, RateLimit.Refusals, 1);

    public void Dispose() => limiter.Dispose();

    private ProblemAnswer? Take(HttpContext http, RateLimit limit, int count)
    {
        var counted = (limit, NameOf(http));
        using var lease = limiter.AttemptAcquire(counted, count);
        Tell(http, limit, counted);
        if (lease.IsAcquired)
        {
            return null;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return Problem.Of(
            ProblemTypes.TooManyRequests,
            string.Create(
                CultureInfo.InvariantCulture,
                $"One caller may make {settings.Of(limit)} {Words(limit)} in {settings.Window.TotalSeconds:0} seconds. Nothing was done; "
                    + $"send the same request again in {wait} s, or have RateLimits:{limit} raised."
            )
        );
    }

    // draft-ietf-httpapi-ratelimit-headers: quota and window, what remains, and in how many seconds all of it is there again.
    private void Tell(HttpContext http, RateLimit limit, (RateLimit, string) counted)
    {
        var quota = settings.Of(limit);
        var left = limiter.GetStatistics(counted)?.CurrentAvailablePermits ?? quota;
        var seconds = settings.Window.TotalSeconds;
        var name = limit.ToString().ToLowerInvariant();
        var headers = http.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={quota};w={seconds:0}");
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{name}\";r={left};t={Math.Ceiling((quota - left) * seconds / quota):0}"
        );
    }

    private static TokenBucketRateLimiterOptions Bucket(RateLimitSettings settings, RateLimit limit)
    {
        var quota = settings.Of(limit);
        var part = Math.Max(1, quota / Parts);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = quota,
            TokensPerPeriod = part,
            ReplenishmentPeriod = settings.Window * part / quota,
            QueueLimit = 0,
            // The limiter of all partitions does it, with one timer.
            AutoReplenishment = false,
        };
    }

    // Who has a network of IPv6 has all of its addresses.
    private static string NameOf(HttpContext http)
    {
        if (Caller.Of(http).Name is { } name)
        {
            return "name " + name;
        }

        var address = http.Connection.RemoteIpAddress;
        return address is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? "network " + Convert.ToHexString(address.GetAddressBytes().AsSpan(0, IPv6Network))
            : "address " + address?.MapToIPv4();
    }

    private static RateLimit Of(SagaRole role) =>
        role switch
        {
            SagaRole.Start => RateLimit.Starts,
            SagaRole.Operate or SagaRole.Administer => RateLimit.Actions,
            _ => RateLimit.Reads,
        };

    private static string Words(RateLimit limit) =>
        limit switch
        {
            RateLimit.Reads => "reads",
            RateLimit.Starts => "starts and signals",
            RateLimit.Actions => "actions",
            _ => "requests that are not let in",
        };
}
