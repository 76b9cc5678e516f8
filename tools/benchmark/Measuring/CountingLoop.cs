using System.Diagnostics;

namespace SagaOrchestrator.Benchmarks.Measuring;

/// <summary>How fast the machine is at this moment: a loop that does nothing but count, whoever else runs.</summary>
internal static class CountingLoop
{
    private const int Times = 100;
    private const int Steps = 100_000;

    /// <summary>The best of many, in microseconds: the one that nobody interrupted.</summary>
    public static double Microseconds() => Enumerable.Range(0, Times).Min(_ => Once());

    private static double Once()
    {
        var began = Stopwatch.GetTimestamp();
        var sum = 1u;
        for (var step = 0; step < Steps; step++)
        {
            // Each step needs the one before, so the processor cannot take several at once.
            sum = (sum * 1_664_525) + 1_013_904_223;
        }

        var took = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        return sum == 0 ? double.MaxValue : took;
    }
}
