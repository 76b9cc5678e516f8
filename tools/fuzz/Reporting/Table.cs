using SagaOrchestrator.Fuzz.Running;
using Spectre.Console;

namespace SagaOrchestrator.Fuzz.Reporting;

/// <summary>The verdict for people.</summary>
internal static class Table
{
    private const int MostShown = 10;

    public static void Show(FuzzOptions options, IReadOnlyList<VerdictLine> verdict)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Rounded).AddColumns(string.Empty, "What must hold", "Found");
        foreach (var line in verdict)
        {
            table.AddRow(line.Holds ? "ok" : "[red]NO[/]", Markup.Escape(line.What), Markup.Escape(line.Detail));
        }

        AnsiConsole.Write(table);
        foreach (var line in verdict.Where(line => !line.Holds))
        {
            Console.WriteLine($"{line.What}:");
            foreach (var failure in line.Failures.Take(MostShown))
            {
                Console.WriteLine($"  {failure}");
            }

            if (line.Failures.Count > MostShown)
            {
                Console.WriteLine($"  and {line.Failures.Count - MostShown} more: {options.Failures}/all.txt");
            }
        }

        File.WriteAllLines(
            Path.Combine(options.Failures, "all.txt"),
            verdict.SelectMany(line => line.Failures.Select(failure => $"{line.What}: {failure}"))
        );
        Console.WriteLine($"seed {options.Seed}");
    }
}
