using System.Globalization;
using SagaOrchestrator.Runner.Check;
using SagaOrchestrator.Runner.Orders;
using Spectre.Console;

namespace SagaOrchestrator.Runner.Report;

/// <summary>What a person sees at the end of a run.</summary>
internal static class RunReport
{
    public static void Outcomes(IAnsiConsole console, IReadOnlyList<SagaItem> sagas)
    {
        var table = new Table()
            .RoundedBorder()
            .Title("What happened to the orders")
            .AddColumn("End")
            .AddColumn("Why")
            .AddColumn("Undone, in this order")
            .AddColumn(new TableColumn("Orders").RightAligned());
        var groups = sagas
            .GroupBy(saga => (saga.State, Why: Why(saga), Undone: saga.Compensated.Count == 0 ? "-" : string.Join(", ", saga.Compensated)))
            .OrderBy(group => group.Key.State, StringComparer.Ordinal)
            .ThenByDescending(group => group.Count());
        foreach (var group in groups)
        {
            var colour = group.Key.State switch
            {
                "Completed" => "green",
                "Failed" => "yellow",
                _ => "red",
            };
            table.AddRow(
                $"[{colour}]{group.Key.State}[/]",
                Markup.Escape(group.Key.Why),
                Markup.Escape(group.Key.Undone),
                group.Count().ToString(CultureInfo.InvariantCulture)
            );
        }

        console.Write(table);
    }

    public static void Speed(IAnsiConsole console, IReadOnlyList<SagaItem> sagas)
    {
        var ended = sagas.Where(saga => saga.EndedAt is not null).ToArray();
        if (ended.Length == 0)
        {
            return;
        }

        // Up to the moment when 95 of 100 had ended, so that one saga that waits for a timeout does not hide the speed of the others.
        var ends = ended.Select(saga => saga.EndedAt!.Value).Order().ToArray();
        var most = (int)Math.Ceiling(ends.Length * 0.95);
        var seconds = (ends[most - 1] - ended.Min(saga => saga.StartedAt)).TotalSeconds;
        var took = ended.Select(saga => (saga.EndedAt!.Value - saga.StartedAt).TotalMilliseconds).Order().ToArray();
        var (completed, failed) = (sagas.Count(saga => saga.State == "Completed"), sagas.Count(saga => saga.State == "Failed"));
        var (undone, rate) = (sagas.Sum(saga => saga.Compensated.Count), most / Math.Max(seconds, 0.001));
        console.MarkupInterpolated(
            CultureInfo.InvariantCulture,
            $"{sagas.Count} orders: {completed} completed, {failed} failed, {undone} steps undone. {rate:0} sagas/s, "
        );
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"from start to end p50 {Percentile(took, 0.50):0} ms, p95 {Percentile(took, 0.95):0} ms."
        );
    }

    public static bool Checks(IAnsiConsole console, IReadOnlyList<CheckResult> checks)
    {
        console.WriteLine();
        console.WriteLine("End check");
        foreach (var check in checks)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {(check.Holds ? "ok  " : "FAIL")}  {check.Name}");
            foreach (var finding in check.Findings.Take(5))
            {
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"          {finding}");
            }

            if (check.Findings.Count > 5)
            {
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"          and {check.Findings.Count - 5} more");
            }
        }

        return checks.All(check => check.Holds);
    }

    public static void Complaints(IReadOnlyCollection<string> complaints)
    {
        foreach (var complaint in complaints)
        {
            Console.Error.WriteLine(complaint);
        }

        if (complaints.Count > 0)
        {
            Console.Error.WriteLine(
                $"{complaints.Count} lines could not be used. Correct them and run again; orders that were started are not started twice."
            );
        }
    }

    private static string Why(SagaItem saga) => saga.Error is { } error ? $"{error.Step}: {error.Code}" : "-";

    private static double Percentile(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
}
