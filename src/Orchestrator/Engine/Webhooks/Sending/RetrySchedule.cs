namespace SagaOrchestrator.Engine.Webhooks.Sending;

/// <summary>
/// How long to wait after an attempt that failed: twice as long each time, up to a longest pause, and each time up to a fifth more or less,
/// so that a receiver that comes back is not met by all at once.
/// </summary>
internal sealed class RetrySchedule(WebhookOptions options)
{
    private const double Jitter = 0.2;
    private const int MostDoublings = 40;

    /// <param name="attempts">How many were made, the last one included.</param>
    /// <param name="retryAfter">
    /// What the receiver asked for; null when it did not. The pause is no shorter than the schedule's for it, nor longer than the longest.
    /// </param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan After(int attempts, TimeSpan? retryAfter, double random)
    {
        var longest = options.LongestPause.TotalSeconds;
        var doubled = options.FirstPause.TotalSeconds * Math.Pow(2, Math.Clamp(attempts - 1, 0, MostDoublings));
        var pause = Math.Min(doubled, longest) * (1 - Jitter + (2 * Jitter * random));
        var asked = Math.Min(retryAfter?.TotalSeconds ?? 0, longest);
        return TimeSpan.FromSeconds(Math.Max(pause, asked));
    }
}
