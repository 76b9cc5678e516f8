using System.Globalization;
using SagaOrchestrator.Chaos.Plants;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>Says what a run has shown.</summary>
internal static class ChaosReport
{
    private const int MostFindings = 10;

    /// <summary>Prints it, and writes it beside the journal.</summary>
    public static void Tell(ChaosResults results, TextWriter console)
    {
        using var file = new StreamWriter(Path.Combine(results.Options.Logs, "report.txt"));
        Print(results, file);
        Print(results, console);
    }

    /// <summary>Prints which checks hold, and the first findings of those that do not.</summary>
    public static void Print(IEnumerable<CheckResult> checks, TextWriter to)
    {
        foreach (var check in checks)
        {
            to.WriteLine($"  {(check.Holds ? "ok  " : "FAIL")}  {check.Name}");
            foreach (var finding in check.Findings.Take(MostFindings))
            {
                to.WriteLine($"          {finding}");
            }
        }
    }

    private static void Print(ChaosResults results, TextWriter to)
    {
        to.WriteLine();
        to.WriteLine(
            Text(
                $"{results.Options.Broker.Name}{(results.Options.Plant == PlantedBug.None ? string.Empty : $", planted: {results.Options.Plant}")}"
            )
        );
        to.WriteLine(
            Text(
                $"Seed {results.Options.Seed}: {results.Accepted} sagas, ",
                $"{string.Join(", ", results.States.Select(state => Text($"{state.Value} {state.Key}")))}"
            )
        );
        to.WriteLine(
            Text(
                $"{results.Copies} messages sent twice, {results.Poison} that nobody can handle, {results.Refusals} starts refused at ",
                $"first, {results.Ended} processes ended by themselves"
            )
        );
        to.WriteLine(Text($"{results.Strikes.Values.Sum()} faults: {string.Join(", ", ByName(results.Strikes))}"));
        to.WriteLine();
        to.WriteLine("kills of      number   no progress for: p50      p99      max");
        foreach (var kind in results.Progress.GroupBy(kill => kill.Kill.Kind).OrderBy(group => group.Key))
        {
            var after = kind.Select(kill => kill.After).OfType<TimeSpan>().Order().ToArray();
            to.WriteLine(
                Text($"{kind.Key, -12}  {kind.Count(), 6}   {Seconds(after, 0.5), 20} {Seconds(after, 0.99), 8} {Seconds(after, 1), 8}")
            );
        }

        if (results.Calm > 0)
        {
            to.WriteLine(Text($"{results.Calm:0} sagas a second in the calm, {results.Storm:0} in the storm"));
        }

        foreach (var kind in results.Contradictions.GroupBy(one => one.What.Kind, StringComparer.Ordinal))
        {
            var after = kind.Select(one => one.After).OfType<TimeSpan>().Order().ToArray();
            to.WriteLine(
                Text(
                    $"{kind.Count()} planted of {kind.Key}: reported after {Seconds(after, 0.5)} (p50), {Seconds(after, 1)} (max), by run ",
                    $"{kind.Max(one => one.MissedRuns) + 1} at the latest"
                )
            );
        }

        to.WriteLine();
        Print(results.Checks, to);

        to.WriteLine();
        to.WriteLine(
            Text(
                $"At rest {results.ToRest.TotalSeconds:0.0} s after the last fault. {results.Kills.Count} kills, {results.Violations} ",
                $"violations."
            )
        );
    }

    private static IEnumerable<string> ByName(IReadOnlyDictionary<string, int> strikes) =>
        strikes
            .GroupBy(strike => strike.Key.Split(':')[0], StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(strike => strike.Value))
            .Select(group => Text($"{group.Sum(strike => strike.Value)} {group.Key}"));

    /// <summary>So many seconds are enough for this share of them.</summary>
    public static string Seconds(TimeSpan[] sorted, double share) =>
        sorted.Length == 0 ? "-" : Text($"{sorted[(int)Math.Ceiling((sorted.Length - 1) * share)].TotalSeconds:0.00} s");

    private static string Text(FormattableString text, FormattableString? more = null, FormattableString? last = null) =>
        text.ToString(CultureInfo.InvariantCulture)
        + more?.ToString(CultureInfo.InvariantCulture)
        + last?.ToString(CultureInfo.InvariantCulture);
}
