using System.Globalization;
using SagaOrchestrator.Benchmarks.Reporting;
using Spectre.Console;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>The floods beside the calm.</summary>
internal static class FloodTable
{
    public static void Print(FloodResults results)
    {
        var table = Sheet.New(
            Text($"Floods of {results.Options.Messages:#,0} messages beside {results.Options.PerSecond} healthy sagas/s"),
            "passed, s",
            "dealt with, s",
            "waited",
            "p50 / p95 / p99, ms",
            "longest",
            "p95, times calm",
            "p95 later, ms",
            "verdict"
        );
        table.AddRow("calm", "-", "-", "-", results.Calm.ToString(), Text($"{results.Calm.Longest:0}"), "1.0", "-", "-");
        foreach (var row in results.Rows)
        {
            table.AddRow(
                row.Course.Name,
                Text($"{row.Course.Passed:0.0}"),
                Text($"{row.Course.DealtWith:0.0}"),
                Text($"{row.Course.MostWaiting:0}"),
                row.Latency.ToString(),
                Text($"{row.Latency.Longest:0}"),
                Text($"{row.TimesCalm:0.0}"),
                row.Later is { } later ? Text($"{later.P95:0}") : "-",
                row.IsRight ? "ok"
                    : row.IsBearable ? "WRONG"
                    : "SLOW"
            );
        }

        var after = results.CalmAfter;
        table.AddRow(
            "calm, after",
            "-",
            "-",
            "-",
            after.ToString(),
            Text($"{after.Longest:0}"),
            Text($"{after.P95 / results.Calm.P95:0.0}"),
            "-",
            "-"
        );
        Sheet.Print(table, [.. Ends(results), string.Empty, .. Sheet.Circumstances(results.Machine, results.Servers), .. Foot(results)]);
    }

    private static IEnumerable<string> Ends(FloodResults results)
    {
        foreach (var course in results.Rows.Select(row => row.Course))
        {
            var ends = course
                .DeadLetters.Select(letters => Text($"{letters.Count} dead letters {letters.Reason}"))
                .Prepend(Text($"{course.Handled} handled"));
            yield return $"{course.Name}: {string.Join(", ", ends)}";
            foreach (var wrong in course.Wrong)
            {
                yield return $"  WRONG: {wrong}";
            }
        }
    }

    private static IEnumerable<string> Foot(FloodResults results)
    {
        yield return "Passed: until the queue was empty once. Later: the healthy sagas that were started from then on.";
        yield return "Healthy: the sagas under way from a flood's first message until it was dealt with: its queue empty, nothing of it in "
            + "waiting_message, each message handled or a dead letter.";
        yield return Text(
            $"SLOW: their 95th percentile is more than {FloodOptions.MostTimesCalm:0} times that of {results.Options.CalmSeconds} s of calm."
        );
        yield return "Every healthy saga ended once, as it should, and left the effects it should, and the outboxes were empty in the end.";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
