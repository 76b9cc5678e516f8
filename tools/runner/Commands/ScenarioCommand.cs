using System.CommandLine;
using SagaOrchestrator.Runner.Orders;
using SagaOrchestrator.Runner.Scenarios;
using Spectre.Console;

namespace SagaOrchestrator.Runner.Commands;

/// <summary>Shows one saga of a kind, step by step.</summary>
internal static class ScenarioCommand
{
    private const string List = "list";
    private const string All = "all";

    public static Command Create()
    {
        var name = new Option<string>("--name") { Required = true, Description = "Which scenario; list or all." };
        var api = new Option<string>("--api")
        {
            DefaultValueFactory = _ => "http://127.0.0.1:18480",
            Description = "The orchestrator's base address.",
        };
        var check = new Option<bool>("--check") { Description = "Only say whether there is such a scenario; list them for 'list'." };
        var command = new Command("scenario", "Run one saga of a kind through a system that is up, and tell what happens.")
        {
            name,
            api,
            check,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                parsed.GetValue(check)
                    ? Task.FromResult(Check(parsed.GetRequiredValue(name)))
                    : Run(parsed.GetRequiredValue(name), new Uri(parsed.GetRequiredValue(api)), cancellationToken)
        );
        return command;
    }

    private static int Check(string name)
    {
        if (name is All || Scenario.All.Any(scenario => scenario.Name == name))
        {
            return 0;
        }

        var table = new Table().AddColumns("Scenario", "What it shows").RoundedBorder();
        foreach (var scenario in Scenario.All)
        {
            table.AddRow(scenario.Name, scenario.What);
        }

        AnsiConsole.Write(table.AddRow(All, "every one of them, one after another"));
        if (name != List)
        {
            AnsiConsole.Console.WriteLine($"There is no scenario '{name}'. Choose one of those above.");
        }

        return name == List ? 0 : 1;
    }

    private static async Task<int> Run(string name, Uri api, CancellationToken cancellationToken)
    {
        using var client = ApiAccess.Open(api);
        if (Console.IsOutputRedirected)
        {
            // A file has no edge at which lines would have to be broken.
            AnsiConsole.Profile.Width = 400;
        }

        var status = 0;
        foreach (var scenario in Scenario.All.Where(scenario => name == All || scenario.Name == name))
        {
            var play = new ScenarioPlay(client, AnsiConsole.Console);
            if (!await play.Run(scenario, cancellationToken))
            {
                status = 1;
            }
        }

        return status;
    }
}
