using System.Globalization;
using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Reporting;
using Spectre.Console;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>The measurements, each part beside its first.</summary>
internal static class GrowthTable
{
    private static readonly string[] Cpu = [Figures.OrchestratorCpu, Figures.ParticipantsCpu, Figures.PostgresCpu, Figures.RabbitMqCpu];

    public static void Print(GrowthResults results)
    {
        var table = Sheet.New(
            "How cost grows",
            "a second",
            "times the first",
            "CPU ms each: orchestrators",
            "participants",
            "Postgres",
            "RabbitMQ",
            "peak MiB of one orchestrator"
        );
        foreach (var part in results.Rows.GroupBy(row => row.Part))
        {
            foreach (var row in part)
            {
                table.AddRow([
                    row.What,
                    Text(row.PerSecond, "0"),
                    Text(row.PerSecond / part.First().PerSecond, "0.00"),
                    .. Cpu.Select(figure => Text(row.CpuMilliseconds[figure], "0.00")),
                    Text(row.OrchestratorPeak, "0"),
                ]);
            }

            table.AddEmptyRow();
        }

        Sheet.Print(
            table,
            [
                .. results.Rows.Where(row => row.Remark.Length > 0).Select(row => $"{row.What}: {row.Remark}"),
                string.Empty,
                .. Sheet.Circumstances(results.Machine, results.Servers),
                "A second: sagas, or the starts or timers that the row names. Each measurement had databases and a virtual host of its "
                    + "own, the rows of in-flight one together.",
                "Every measurement was checked from outside: each saga ended once, as it should, and left the effects it should, and the "
                    + "outboxes were empty.",
                $"Bursts of {results.Options.Sagas} sagas after {results.Options.WarmUp} to warm up, at most {results.Options.InFlight} "
                    + $"under way; with parallel steps, as many steps in fewer sagas.",
            ]
        );
    }

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
