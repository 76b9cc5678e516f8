using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Participants;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Participants.Services;
using SagaOrchestrator.Server;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>The product as it is deployed, with a plan and participants of the benchmark's own.</summary>
internal static class ProductSystem
{
    public static async Task<Served> Orchestrator(PlanChoice plan)
    {
        var app = OrchestratorApp.Build([], services => services.AddSingleton(plan.Make()));
        return await Started([app]);
    }

    /// <param name="throughContext">Whether the first participant's effect goes through a DbContext.</param>
    public static async Task<Served> Participants(bool throughContext)
    {
        var hosts = new List<IHost> { ParticipantApp.Telemetry(Roles.Participants) };
        foreach (var step in Steps.All)
        {
            var isThroughContext = throughContext && step == Steps.All[0];
            hosts.Add(
                ParticipantApp.Build(
                    new ParticipantService(step.Participant, (participant, _) => AddStep(participant, isThroughContext)),
                    []
                )
            );
        }

        return await Started(hosts);
    }

    private static void AddStep(ParticipantBuilder participant, bool throughContext)
    {
        participant.AddScripts(typeof(ProductSystem).Assembly, "product/");
        if (throughContext)
        {
            participant.Services.AddDbContext<EffectsContext>(options => options.UseNpgsql());
            participant.AddStep<EffectsContextStep>();
        }
        else
        {
            participant.AddStep(_ => new EffectStep(participant.Name));
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
