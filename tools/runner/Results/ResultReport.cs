using System.Globalization;

namespace SagaOrchestrator.Runner.Results;

/// <summary>What a person sees at the end of a test run: where the time went, what failed and why, and a last line that counts.</summary>
internal static class ResultReport
{
    private const int MostFailures = 20;
    private const int MostLines = 12;
    private const int LongestLine = 600;

    /// <param name="results">Of all files.</param>
    /// <param name="status">What the test run itself ended with.</param>
    /// <param name="slowest">How many of the slowest fixtures are named.</param>
    /// <param name="to">Where it goes.</param>
    /// <returns>The exit status: 0 when tests passed and nothing failed.</returns>
    public static int Print(IReadOnlyCollection<TestResult> results, int status, int slowest, TextWriter to)
    {
        PrintSlowest(results, slowest, to);
        var failures = results
            .Where(result => result.End == TestEnd.Failed)
            .OrderBy(result => result.FullName, StringComparer.Ordinal)
            .ToList();
        PrintFailures(failures, to);
        var failed = failures.Count;
        if (status != 0 && failed == 0)
        {
            to.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The test run ended with status {status} although no test failed. Its output is above."
                )
            );
            failed = 1;
        }

        var passed = results.Count(result => result.End == TestEnd.Passed);
        to.WriteLine();
        to.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{passed} passed, {failed} failed, {results.Count(result => result.End == TestEnd.Skipped)} skipped"
            )
        );
        return passed > 0 && failed == 0 ? 0 : 1;
    }

    private static void PrintSlowest(IEnumerable<TestResult> results, int count, TextWriter to)
    {
        var fixtures = results
            .GroupBy(result => result.Fixture)
            .Select(fixture =>
                (fixture.Key, Tests: fixture.Count(), Took: fixture.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Took))
            )
            .OrderByDescending(fixture => fixture.Took)
            .Take(count)
            .ToList();
        if (fixtures.Count == 0)
        {
            return;
        }

        to.WriteLine();
        to.WriteLine("The slowest fixtures, with what they set up:");
        foreach (var (fixture, tests, took) in fixtures)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds, 7:0.0} s  {fixture} ({tests})"));
        }
    }

    private static void PrintFailures(List<TestResult> failures, TextWriter to)
    {
        foreach (var failure in failures.Take(MostFailures))
        {
            to.WriteLine();
            to.WriteLine($"failed: {failure.FullName}");
            var lines = failure.Message.Split('\n').Append(failure.Place).Where(line => !string.IsNullOrWhiteSpace(line));
            foreach (var line in lines.Take(MostLines))
            {
                to.WriteLine("  " + line.TrimEnd()[..Math.Min(line.TrimEnd().Length, LongestLine)]);
            }
        }

        if (failures.Count > MostFailures)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"and {failures.Count - MostFailures} more"));
        }
    }
}
