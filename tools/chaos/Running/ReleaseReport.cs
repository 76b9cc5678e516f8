using System.Globalization;
using System.Text;
using SagaOrchestrator.Chaos.Faults;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>The release tier as tables, for docs/reliability.md.</summary>
internal static class ReleaseReport
{
    public static void Write(IReadOnlyList<(string Name, ChaosResults Results)> runs, string path)
    {
        var text = new StringBuilder();
        text.AppendLine("| run | seed | sagas | faults | kills | of them failovers | violations | at rest after |")
            .AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var (name, results) in runs)
        {
            Line(
                text,
                $"| {name} | {results.Options.Seed} | {results.Accepted} | {results.Strikes.Values.Sum()} | {results.Kills.Count} | ",
                $"{FailOvers(results)} | {results.Violations} | {results.ToRest.TotalSeconds:0} s |"
            );
        }

        Line(
            text,
            $"| all | | {runs.Sum(run => run.Results.Accepted)} | {runs.Sum(run => run.Results.Strikes.Values.Sum())} | ",
            $"{runs.Sum(run => run.Results.Kills.Count)} | {runs.Sum(run => FailOvers(run.Results))} | ",
            $"{runs.Sum(run => run.Results.Violations)} | |"
        );
        text.AppendLine().AppendLine("| no progress after a kill of | kills | p50 | p99 | at most |").AppendLine("|---|---|---|---|---|");
        Progress(text, "in the storms: ", runs.Where(run => !run.Results.Options.OneByOne));
        Progress(text, "one by one, two orchestrators: ", runs.Where(run => run.Results.Options is { OneByOne: true, Replicas: > 1 }));
        Progress(text, "one by one, one orchestrator: ", runs.Where(run => run.Results.Options is { OneByOne: true, Replicas: 1 }));
        text.AppendLine().AppendLine("| fault | struck |").AppendLine("|---|---|");
        foreach (
            var fault in runs.SelectMany(run => run.Results.Strikes)
                .GroupBy(strike => strike.Key.Split(':')[0], StringComparer.Ordinal)
                .OrderByDescending(group => group.Sum(strike => strike.Value))
        )
        {
            Line(text, $"| {fault.Key} | {fault.Sum(strike => strike.Value)} |");
        }

        foreach (var (name, results) in runs.Where(run => run.Results.Calm > 0))
        {
            text.AppendLine();
            Line(
                text,
                $"{name}: {results.Calm:0} sagas a second in the calm, {results.Storm:0} in the storm ",
                $"({results.Storm / results.Calm:0.00})."
            );
        }

        File.WriteAllText(path, text.ToString());
    }

    private static void Progress(StringBuilder text, string prefix, IEnumerable<(string Name, ChaosResults Results)> runs)
    {
        foreach (var kind in runs.SelectMany(run => run.Results.Progress).GroupBy(kill => kill.Kill.Kind).OrderBy(group => group.Key))
        {
            var after = kind.Select(kill => kill.After).OfType<TimeSpan>().Order().ToArray();
            Line(
                text,
                $"| {prefix}{kind.Key} | {kind.Count()} | {ChaosReport.Seconds(after, 0.5)} | {ChaosReport.Seconds(after, 0.99)} | ",
                $"{ChaosReport.Seconds(after, 1)} |"
            );
        }
    }

    private static int FailOvers(ChaosResults results) => results.Kills.Count(kill => kill.Name == ServerFaults.FailOverName);

    private static void Line(StringBuilder text, FormattableString line, FormattableString? more = null, FormattableString? last = null) =>
        text.AppendLine(
            line.ToString(CultureInfo.InvariantCulture)
                + more?.ToString(CultureInfo.InvariantCulture)
                + last?.ToString(CultureInfo.InvariantCulture)
        );
}
