using System.CommandLine;
using System.Diagnostics;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Chaos.Nodes.Served.Errands;
using SagaOrchestrator.Chaos.Plants;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Participants.Services;
using SagaOrchestrator.Server;

namespace SagaOrchestrator.Chaos.Nodes.Served;

/// <summary>
/// The product's services as processes of this program, composed of the product's own parts and some others: a plan version that the
/// product does not have, a message that kills, a planted bug.
/// </summary>
internal static class Serve
{
    public const string Name = "serve";
    public const string Next = "--next";
    public const string Plant = "--plant";
    public const string Errands = "--errands";

    public static Command Command()
    {
        var service = new Argument<string>("service");
        var next = new Option<bool>(Next) { Description = "As the next version will be." };
        var plant = new Option<PlantedBug>(Plant) { Description = "With this bug." };
        var errands = new Option<bool>(Errands) { Description = "With errands, which only floods are made of." };
        var command = new Command(Name, "One of the product's services, with parts that the product does not have.")
        {
            service,
            next,
            plant,
            errands,
        };
        command.Hidden = true;
        command.SetAction(
            (parsed, cancellationToken) =>
                Run(
                    parsed.GetRequiredValue(service),
                    new ServedParts(parsed.GetValue(next), parsed.GetValue(plant), parsed.GetValue(errands)),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> Run(string service, ServedParts parts, CancellationToken cancellationToken)
    {
        try
        {
            return await (
                service == OrchestratorApp.ServiceName
                    ? RunOrchestrator(parts, cancellationToken)
                    : RunParticipant(service, parts, cancellationToken)
            );
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end before everything was started.
            return 0;
        }
    }

    private static async Task<int> RunOrchestrator(ServedParts parts, CancellationToken cancellationToken)
    {
        var app = OrchestratorApp.Build(
            [],
            services =>
            {
                if (parts.HasErrands)
                {
                    AddErrands(services, parts.IsNext);
                }
                else if (parts.IsNext)
                {
                    services.AddPlan<NextOrderPlan>();
                }

                PlantedParts.PutIntoOrchestrator(parts.Bug, services);
            }
        );
        return await OrchestratorApp.Run(app, cancellationToken);
    }

    private static async Task<int> RunParticipant(string name, ServedParts parts, CancellationToken cancellationToken)
    {
        var service = PlantedParts.PutIntoSteps(
            parts.Bug,
            name == ErrandPlan.Participant ? ErrandService : ParticipantService.All.Single(service => service.Name == name)
        );
        var host = ParticipantApp.Build(
            service,
            [],
            services =>
            {
                if (parts.HasErrands)
                {
                    services.AlsoHandling<ComesBack>(new ComingBack().Handle);
                }
                else if (parts.IsNext)
                {
                    services.AlsoHandling<KillsItsConsumer>(_ => Die());
                }

                PlantedParts.PutIntoParticipant(parts.Bug, services);
            }
        );
        await host.RunAsync(cancellationToken);
        return cancellationToken.IsCancellationRequested ? Environment.ExitCode : 1;
    }

    private static ParticipantService ErrandService { get; } =
        new(ErrandPlan.Participant, (errands, _) => errands.AddStep<RunErrandStep>());

    private static void AddErrands(IServiceCollection services, bool isNext)
    {
        services.AddPlan<ErrandPlan>();
        if (isNext)
        {
            services.AddPlan<NextErrandPlan>();
        }

        services.AlsoHandling<ComesBack>(new ComingBack().Handle);
    }

    private static void AlsoHandling<T>(this IServiceCollection services, MessageHandler<T> handler)
        where T : class =>
        services.Handling(
            (endpoint, handlers) =>
            {
                handlers(endpoint);
                endpoint.Handler(handler);
            }
        );

    private static Task Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        return Task.CompletedTask;
    }
}

/// <summary>What a service has that the product does not have.</summary>
/// <param name="IsNext">Whether it is as the next version will be.</param>
/// <param name="Bug">A bug.</param>
/// <param name="HasErrands">Whether it has errands, which only floods are made of.</param>
internal sealed record ServedParts(bool IsNext, PlantedBug Bug, bool HasErrands);
