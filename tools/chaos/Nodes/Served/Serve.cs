using System.CommandLine;
using System.Diagnostics;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Chaos.Plants;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Participants.Services;
using SagaOrchestrator.Server;

namespace SagaOrchestrator.Chaos.Nodes.Served;

/// <summary>
/// The product's services as processes of this program, composed of the product's own parts and some others: a plan version that the product
/// does not have, a message that kills, a planted bug.
/// </summary>
internal static class Serve
{
    public const string Name = "serve";
    public const string Next = "--next";
    public const string Plant = "--plant";

    public static Command Command()
    {
        var service = new Argument<string>("service");
        var next = new Option<bool>(Next) { Description = "As the next version will be." };
        var plant = new Option<PlantedBug>(Plant) { Description = "With this bug." };
        var command = new Command(Name, "One of the product's services, with parts that the product does not have.") { service, next, plant };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => Run(parsed.GetRequiredValue(service), parsed.GetValue(next), parsed.GetValue(plant), cancellationToken));
        return command;
    }

    private static async Task<int> Run(string service, bool isNext, PlantedBug bug, CancellationToken cancellationToken)
    {
        try
        {
            return await (service == OrchestratorApp.ServiceName ? RunOrchestrator(isNext, bug, cancellationToken) : RunParticipant(service, isNext, bug, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end before everything was started.
            return 0;
        }
    }

    private static async Task<int> RunOrchestrator(bool isNext, PlantedBug bug, CancellationToken cancellationToken)
    {
        var app = OrchestratorApp.Build([], services =>
        {
            if (isNext)
            {
                services.AddPlan<NextOrderPlan>();
            }

            PlantedParts.PutIntoOrchestrator(bug, services);
        });
        return await OrchestratorApp.Run(app, cancellationToken);
    }

    private static async Task<int> RunParticipant(string name, bool isNext, PlantedBug bug, CancellationToken cancellationToken)
    {
        var service = PlantedParts.PutIntoSteps(bug, ParticipantService.All.Single(service => service.Name == name));
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        await Startup.WhenPossible(() => ParticipantApp.Migrate(service, configuration), cancellationToken);
        var host = ParticipantApp.Build(service, [], services =>
        {
            if (isNext)
            {
                services.Handling((endpoint, handlers) =>
                {
                    handlers(endpoint);
                    endpoint.Handler<KillsItsConsumer>(_ => Die());
                });
            }

            PlantedParts.PutIntoParticipant(bug, services);
        });
        await host.RunAsync(cancellationToken);
        return cancellationToken.IsCancellationRequested ? Environment.ExitCode : 1;
    }

    private static Task Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        return Task.CompletedTask;
    }
}
