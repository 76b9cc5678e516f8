using System.Diagnostics;

namespace SagaOrchestrator.Fuzz.Sending;

/// <summary>Does numbered things evenly, several at a time.</summary>
internal static class Pace
{
    public static async Task Run(int count, int rate, int atATime, Func<int, int, Task> one, CancellationToken cancellationToken)
    {
        var next = -1;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, atATime)
                .Select(async worker =>
                {
                    int number;
                    while ((number = Interlocked.Increment(ref next)) < count && !cancellationToken.IsCancellationRequested)
                    {
                        var wait = TimeSpan.FromSeconds((double)number / rate) - Stopwatch.GetElapsedTime(began);
                        if (wait > TimeSpan.Zero)
                        {
                            await Task.Delay(wait, cancellationToken);
                        }

                        await one(worker, number);
                    }
                })
        );
    }
}
