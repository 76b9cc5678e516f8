using System.CommandLine;
using SagaOrchestrator.Runner.Check;
using SagaOrchestrator.Runner.Orders;
using SagaOrchestrator.Runner.Report;
using Spectre.Console;

namespace SagaOrchestrator.Runner.Commands;

/// <summary>Runs orders through a system that is up.</summary>
internal static class DriveCommand
{
    public static Command Create(Option<FileInfo> orders)
    {
        var api = new Option<string>("--api") { Required = true, Description = "The orchestrator's base address." };
        var database = new Option<string>("--database") { Required = true, Description = "A connection string that may read every schema." };
        var console = new Option<string>("--console") { Required = true, Description = "The RabbitMQ console, with user and password." };
        var command = new Command("drive", "Run orders through a system that is up, and check the end.") { orders, api, database, console };
        command.SetAction((parsed, cancellationToken) => Run(
            parsed.GetRequiredValue(orders), new Uri(parsed.GetRequiredValue(api)), parsed.GetRequiredValue(database), new Uri(parsed.GetRequiredValue(console)),
            cancellationToken));
        return command;
    }

    private static async Task<int> Run(FileInfo orders, Uri api, string database, Uri console, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = api };
        var throttle = new Throttle(most: 48);
        var pusher = new OrderPusher(client, throttle);
        var lines = OrderFile.Read(orders.FullName).ToArray();
        var sagas = await new LiveProgress(AnsiConsole.Console, pusher, new SagaReader(client), throttle).Run(lines, cancellationToken);
        RunReport.Outcomes(AnsiConsole.Console, sagas);
        RunReport.Speed(AnsiConsole.Console, sagas);
        if (pusher.Existing > 0)
        {
            AnsiConsole.Console.WriteLine($"{pusher.Existing} of these orders had been started before; they were not started again.");
        }

        using var evidence = new ServerEvidence(database, console);
        var holds = RunReport.Checks(
            AnsiConsole.Console, await Settling.Check(() => evidence.Gather(cancellationToken), cancellationToken));
        RunReport.Complaints(pusher.Complaints);
        return holds && pusher.Complaints.Count == 0 ? 0 : 1;
    }
}
