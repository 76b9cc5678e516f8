using System.CommandLine;
using System.Globalization;
using SagaOrchestrator.Runner.Results;

namespace SagaOrchestrator.Runner.Commands;

/// <summary>Sums up a test run.</summary>
internal static class ResultsCommand
{
    public static Command Create()
    {
        var folder = new Option<DirectoryInfo>("--folder") { Required = true, Description = "Where the trx files are." };
        folder.AcceptExistingOnly();
        var status = new Option<int>("--status") { Description = "What the test run ended with (0)." };
        var programs = new Option<string[]>("--program")
        {
            DefaultValueFactory = _ => [],
            Description = "NAME=STATUS of a program that counts as one test.",
        };
        var slowest = new Option<int>("--slowest")
        {
            DefaultValueFactory = _ => 10,
            Description = "How many of the slowest fixtures are named (10).",
        };
        var command = new Command("results", "Sum up the trx files of a test run: the slowest fixtures, the failures, the counts.")
        {
            folder,
            status,
            programs,
            slowest,
        };
        command.SetAction(parsed =>
            ResultReport.Print(
                [
                    .. parsed.GetRequiredValue(folder).GetFiles("*.trx", SearchOption.AllDirectories).SelectMany(ResultFile.Read),
                    .. parsed.GetRequiredValue(programs).Select(Program),
                ],
                parsed.GetValue(status),
                parsed.GetValue(slowest),
                Console.Out
            )
        );
        return command;
    }

    private static TestResult Program(string ended)
    {
        var (name, status) = (
            ended[..ended.LastIndexOf('=')],
            int.Parse(ended[(ended.LastIndexOf('=') + 1)..], CultureInfo.InvariantCulture)
        );
        return new TestResult(
            "Programs",
            name,
            status == 0 ? TestEnd.Passed : TestEnd.Failed,
            TimeSpan.Zero,
            string.Create(CultureInfo.InvariantCulture, $"It ended with status {status}. What it said is above."),
            string.Empty
        );
    }
}
