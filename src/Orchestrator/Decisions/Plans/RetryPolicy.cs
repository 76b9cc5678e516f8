using System.Collections.Immutable;

namespace SagaOrchestrator.Decisions.Plans;

/// <summary>How often to try, and how long to wait in between: exponential, with jitter (rule S36).</summary>
/// <param name="Attempts">How often the command is sent at most, the first time included.</param>
/// <param name="FirstDelay">The wait before the second attempt.</param>
/// <param name="MaximumDelay">No wait is longer.</param>
/// <param name="Factor">Each wait is this many times the one before.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan FirstDelay, TimeSpan MaximumDelay, double Factor = 2)
{
    /// <summary>One attempt, no retry.</summary>
    public static RetryPolicy None { get; } = new(1, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Codes of failures after which another attempt would be in vain, for example <c>account_closed</c>.</summary>
    public ImmutableArray<string> NotRetryable { get; init; } = [];

    /// <summary>Whether another attempt may follow.</summary>
    /// <param name="spent">How many attempts of this budget were made.</param>
    /// <param name="failure">Why the last one did not succeed.</param>
    public bool Allows(int spent, Failure failure) => spent < Attempts && !NotRetryable.Contains(failure.Code);

    /// <summary>The wait after <paramref name="attempt"/> attempts, between half and all of the exponential value.</summary>
    /// <param name="attempt">The attempt that has just failed, from 1.</param>
    /// <param name="jitter">A number from 0 up to 1, drawn by the caller.</param>
    public TimeSpan DelayAfter(int attempt, double jitter)
    {
        var exponential = FirstDelay.TotalMilliseconds * Math.Pow(Factor, attempt - 1);
        var bounded = Math.Min(exponential, MaximumDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(bounded * (0.5 + (jitter / 2)));
    }
}
