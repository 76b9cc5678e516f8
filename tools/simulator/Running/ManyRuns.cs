using System.Collections.Concurrent;
using System.Diagnostics;
using SagaOrchestrator.Simulator.Plants;
using SagaOrchestrator.Simulator.Worlds;

namespace SagaOrchestrator.Simulator.Running;

/// <summary>Many runs on every processor.</summary>
internal static class ManyRuns
{
    private const int MostFindings = 20;

    /// <param name="runs">How many.</param>
    /// <param name="seed">The first seed; each run has the next one.</param>
    /// <param name="plant">The bug that is planted.</param>
    /// <param name="stopAtFirst">Whether one violation is enough.</param>
    public static Result Start(long runs, ulong seed, Plant plant = Plant.None, bool stopAtFirst = false)
    {
        var clock = Stopwatch.StartNew();
        var coverage = new Coverage();
        var findings = new ConcurrentBag<Finding>();
        long next = -1;
        long completed = 0;
        // Seeds below the first finding are still run, so that it is the first one, whichever thread was faster.
        var limit = runs;
        Parallel.For(
            0,
            Environment.ProcessorCount,
            _ =>
            {
                var own = new Coverage();
                var run = new Run(plant, own);
                long index;
                while ((index = Interlocked.Increment(ref next)) < Interlocked.Read(ref limit) && findings.Count < MostFindings)
                {
                    Interlocked.Increment(ref completed);
                    if (run.Of(seed + (ulong)index) is { } violation)
                    {
                        findings.Add(new Finding(seed + (ulong)index, violation));
                        if (stopAtFirst)
                        {
                            Lower(ref limit, index);
                        }
                    }
                }

                lock (coverage)
                {
                    coverage.Add(own);
                }
            }
        );
        return new Result(seed, Interlocked.Read(ref completed), clock.Elapsed, coverage, [.. findings.OrderBy(finding => finding.Seed)]);
    }

    private static void Lower(ref long limit, long to)
    {
        var seen = Interlocked.Read(ref limit);
        while (to < seen && Interlocked.CompareExchange(ref limit, to, seen) != seen)
        {
            seen = Interlocked.Read(ref limit);
        }
    }
}

/// <summary>A seed that breaks a rule.</summary>
internal sealed record Finding(ulong Seed, Violation Violation);

/// <summary>What came of it.</summary>
internal sealed record Result(ulong FirstSeed, long Runs, TimeSpan Took, Coverage Coverage, IReadOnlyList<Finding> Findings);
