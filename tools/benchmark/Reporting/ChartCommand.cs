using System.CommandLine;

namespace SagaOrchestrator.Benchmarks.Reporting;

/// <summary>Draws results that were written before.</summary>
internal static class ChartCommand
{
    public static Command Create()
    {
        var input = new Option<FileInfo>("--in") { Required = true, Description = "Results, as drive --json writes them." };
        var output = new Option<FileInfo>("--out") { Required = true, Description = "The SVG file." };
        input.AcceptExistingOnly();
        var command = new Command("chart", "Draw results as bars.") { input, output };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var results = await JsonFile.Read<BenchmarkResults>(parsed.GetRequiredValue(input).FullName);
                await File.WriteAllTextAsync(parsed.GetRequiredValue(output).FullName, BarChart.Draw(results), cancellationToken);
                return 0;
            }
        );
        return command;
    }
}
