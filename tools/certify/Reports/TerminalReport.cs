using Spectre.Console;

namespace SagaOrchestrator.Certify.Reports;

/// <summary>For whoever started it.</summary>
internal static class TerminalReport
{
    public static void Write(IAnsiConsole console, Certificate certificate)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("rule", "step", "verdict", "seen");
        foreach (var finding in certificate.Findings)
        {
            table.AddRow(
                new Text(finding.Rule),
                new Text(Shown.Clean(finding.Step ?? "-")),
                new Text(finding.Word, Style(finding.Verdict)),
                new Text(Shown.Clean(finding.Seen))
            );
        }

        console.Write(table);
        foreach (var finding in certificate.Findings.Where(finding => finding.Verdict == Verdict.Failed))
        {
            console.WriteLine();
            console.Write(
                new Text(
                    $"{finding.Rule}{(finding.Step is null ? string.Empty : $" at {Shown.Clean(finding.Step)}")}\n",
                    Style(Verdict.Failed)
                )
            );
            console.WriteLine($"  expected  {finding.Expected}");
            console.WriteLine($"  seen      {Shown.Clean(finding.Seen)}");
            console.WriteLine($"  next      {finding.Next}");
        }

        console.WriteLine();
        console.WriteLine(Shown.Clean(certificate.Summary));
    }

    private static Style Style(Verdict verdict) =>
        new(
            verdict switch
            {
                Verdict.Held => Color.Green,
                Verdict.Failed => Color.Red,
                _ => Color.Grey,
            }
        );
}
