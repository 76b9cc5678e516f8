using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Serving;
using Spectre.Console;

namespace SagaOrchestrator.Benchmarks.Reporting;

/// <summary>The medians as a table, with all that is needed to read them.</summary>
internal static class ResultTable
{
    public static void Print(BenchmarkResults results) => Sheet.Print(Table(results), Foot(results));

    private static Table Table(BenchmarkResults results)
    {
        var table = Sheet.New(
            results.Options.Rounds == 1 ? "One round" : $"Medians of {results.Options.Rounds} rounds",
            [.. results.Systems.Select(system => system.Name)]
        );
        foreach (var figure in Figures.All)
        {
            table.AddRow([
                figure.Title,
                .. results.Systems.Select(system => system.Medians[figure.Key].ToString(figure.Format, CultureInfo.InvariantCulture)),
            ]);
            if (figure.Key is Figures.AllSucceed or Figures.SomeFail)
            {
                if (results.Systems.Any(system => system.Name is SystemNames.ProductTraced10 or SystemNames.ProductTraced100))
                {
                    Ratios(table, results, figure.Key, SystemNames.Product);
                }

                Ratios(table, results, figure.Key, SystemNames.MassTransitMemory);
                Ratios(table, results, figure.Key, SystemNames.FloorGroup);
            }
        }

        return table;
    }

    private static void Ratios(Table table, BenchmarkResults results, string figure, string other) =>
        table.AddRow([
            $"  times {other}",
            .. results.Systems.Select(system =>
                results.Ratio(system, other, figure)?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-"
            ),
        ]);

    private static IEnumerable<string> Foot(BenchmarkResults results)
    {
        foreach (var line in Sheet.Circumstances(results.Machine, results.Servers))
        {
            yield return line;
        }

        var options = results.Options;
        yield return "Log level Warning on all sides. Every phase was checked from outside: each saga ended once, as it should, and left "
            + "the effects it should.";
        yield return $"{options.WarmUp} sagas warm-up and {options.FailingWarmUp} more before the phase with failures, bursts of "
            + $"{options.Sagas} and {options.FailingSagas} with at most {options.InFlight} under way, then {DriveOptions.SagasPerSecond} "
            + $"sagas/s for {options.LatencySeconds} s.";
    }
}
