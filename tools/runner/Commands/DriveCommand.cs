using System.CommandLine;
using SagaOrchestrator.Runner.Check;
using SagaOrchestrator.Runner.Orders;

namespace SagaOrchestrator.Runner.Commands;

/// <summary>Runs orders through a system that is up.</summary>
internal static class DriveCommand
{
    public static Command Create(Option<FileInfo> orders)
    {
        var api = new Option<string>("--api") { Required = true, Description = "The orchestrator's base address." };
        var database = new Option<string>("--database")
        {
            Required = true,
            Description = "A connection string that may read every schema.",
        };
        var console = new Option<string>("--console") { Required = true, Description = "The RabbitMQ console, with user and password." };
        var services = new Option<string[]>("--services")
        {
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. ServerEvidence.AllServices],
            Description = "Whose tables are checked too; other participants are asked over RabbitMQ.",
        };
        services.AcceptOnlyFromAmong([.. ServerEvidence.AllServices]);
        var command = new Command(
            "drive",
            $"Run orders through a system that is up, and check the end. The API's key, where it asks for one, is in {ApiAccess.Variable}."
        )
        {
            orders,
            api,
            database,
            console,
            services,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Run(
                    parsed.GetRequiredValue(orders),
                    new Uri(parsed.GetRequiredValue(api)),
                    parsed.GetRequiredValue(database),
                    new Uri(parsed.GetRequiredValue(console)),
                    parsed.GetRequiredValue(services),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> Run(
        FileInfo orders,
        Uri api,
        string database,
        Uri console,
        string[] services,
        CancellationToken cancellationToken
    )
    {
        using var evidence = new ServerEvidence(database, console, services);
        return await OrderRun.Execute(orders, api, _ => evidence.Gather(cancellationToken), [], cancellationToken);
    }
}
