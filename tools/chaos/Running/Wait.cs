using System.Diagnostics;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>Lets time pass where a fault is to last, and polls where a state is to come.</summary>
internal static class Wait
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns when the time has passed, or early when the token says so.</summary>
    public static async Task For(TimeSpan duration, CancellationToken until = default)
    {
        // A timer knows no shorter time.
        if (duration < TimeSpan.FromMilliseconds(1))
        {
            return;
        }

        using var timer = new PeriodicTimer(duration);
        try
        {
            await timer.WaitForNextTickAsync(until);
        }
        catch (OperationCanceledException)
        {
            // Early.
        }
    }

    /// <summary>Polls until the condition holds. An exception counts as not yet.</summary>
    /// <returns>False when the bound has passed.</returns>
    public static async Task<bool> Until(Func<Task<bool>> condition, TimeSpan bound, CancellationToken cancellationToken = default)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return true;
                }
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // A server that is not there yet.
            }

            if (Stopwatch.GetElapsedTime(began) > bound)
            {
                return false;
            }

            await For(Poll, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
