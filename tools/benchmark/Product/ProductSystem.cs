using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Benchmarks.Product.Secured;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Participants;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Participants.Services;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Server;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>The product as it is deployed, with a plan and participants of the benchmark's own.</summary>
internal static class ProductSystem
{
    public static async Task<Served> Orchestrator(Plan plan)
    {
        var app = OrchestratorApp.Build([], services => services.AddSingleton(plan));
        return await Started([app]);
    }

    /// <param name="system">Which of the systems that are the product.</param>
    public static async Task<Served> Participants(string system)
    {
        var hosts = new List<IHost> { ParticipantApp.Telemetry(Roles.Participants) };
        foreach (var step in Steps.All)
        {
            hosts.Add(
                ParticipantApp.Build(new ParticipantService(step.Participant, (participant, _) => AddStep(participant, step, system)), [])
            );
        }

        return await Started(hosts);
    }

    private static void AddStep(ParticipantBuilder participant, Step step, string system)
    {
        participant.AddScripts(typeof(ProductSystem).Assembly, "product/");
        switch (system)
        {
            // The first participant's effect goes through a DbContext.
            case SystemNames.ProductEf when step == Steps.All[0]:
                participant.Services.AddDbContext<EffectsContext>(options => options.UseNpgsql());
                participant.AddStep<EffectsContextStep>();
                break;
            case var _ when SystemNames.IsSecured(system) && step.Name == Steps.Ship:
                participant.AddStep(_ => new SecuredStep(new EffectStep(participant.Name)));
                break;
            default:
                participant.AddStep(_ => new EffectStep(participant.Name));
                break;
        }

        participant.AddStep(_ => new AwayStep());
    }

    private static async Task<Served> Started(IReadOnlyList<IHost> hosts)
    {
        await Task.WhenAll(hosts.Select(host => host.StartAsync()));
        await Task.WhenAll(
            hosts
                .Select(host => host.Services.GetService<IBusControl>())
                .OfType<IBusControl>()
                .Select(bus => bus.WaitForHealthStatus(BusHealthStatus.Healthy, Served.Patience))
        );
        return Served.Of(hosts);
    }
}
