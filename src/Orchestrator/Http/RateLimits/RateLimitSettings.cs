using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Http.RateLimits;

/// <summary>
/// How often one caller may ask within a window, by what he asks for. Bound from the configuration section <c>RateLimits</c>. A caller may
/// use it all at once; it comes back evenly.
/// </summary>
internal sealed record RateLimitSettings
{
    /// <summary>The window that all of these are for.</summary>
    [Range(typeof(TimeSpan), "1s", "1h")]
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads: a page that is open asks some five times in a window.</summary>
    [Range(1, 100_000_000)]
    public int Reads { get; init; } = 10_000;

    /// <summary>
    /// Starts and signals. Thousands a second of one caller are usual; <c>Starts:AtOnce</c> bounds those of all together.
    /// </summary>
    [Range(1, 100_000_000)]
    public int Starts { get; init; } = 100_000;

    /// <summary>What operators do.</summary>
    [Range(1, 100_000_000)]
    public int Actions { get; init; } = 2_000;

    /// <summary>Requests that were not let in. Beyond it they are refused without a line in the log for each.</summary>
    [Range(1, 100_000_000)]
    public int Refusals { get; init; } = 200;

    public int Of(RateLimit limit) =>
        limit switch
        {
            RateLimit.Reads => Reads,
            RateLimit.Starts => Starts,
            RateLimit.Actions => Actions,
            _ => Refusals,
        };
}

/// <summary>What is counted apart.</summary>
internal enum RateLimit
{
    Reads,
    Starts,
    Actions,
    Refusals,
}
