using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Topology;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.PlanDocuments.Trips;

/// <summary>The trip that is shipped as a document: an orchestrator with its folder, and the sample's five participants, on the real servers.</summary>
internal sealed class TripSystem : IAsyncDisposable
{
    private readonly List<ServiceProcess> participants = [];
    private readonly IHost orchestrator;

    private TripSystem(Sandbox sandbox)
    {
        Sandbox = sandbox;
        orchestrator = MakeOrchestrator();
    }

    public static string[] Participants { get; } = ["flights", "hotels", "cars", "cards", "tickets"];

    public Sandbox Sandbox { get; }

    public static async Task<TripSystem> Start()
    {
        await NodePackages.Install();
        var system = new TripSystem(await Sandbox.CreateMigrated());
        await system.Declare();
        foreach (var name in Participants)
        {
            system.participants.Add(ServiceProcess.Sample(system.Sandbox, Path.GetTempFileName(), "node", "trips/main.js", name));
        }

        await system.orchestrator.StartAsync();
        return system;
    }

    /// <summary>Starts a trip, and returns its id.</summary>
    public async Task<Guid> Begin(JsonNode data)
    {
        var plan = orchestrator.Services.GetRequiredService<PlanCatalogue>().Find("trip-booking")!;
        var request = plan.Read(JsonSerializer.SerializeToUtf8Bytes(data));
        return (await orchestrator.Services.GetRequiredService<SagaStarter>().Start(request, CancellationToken.None))
            .ShouldBeOfType<StartAnswer.Started>()
            .Saga.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await orchestrator.StopAsync();
        orchestrator.Dispose();
        participants.ForEach(participant => participant.Dispose());

        await Sandbox.DisposeAsync();
    }

    private IHost MakeOrchestrator()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder
            .Services.AddSagaOrchestrator(options =>
            {
                options.Queue = "trips";
                options
                    .UsePostgres(Sandbox.Connection("trips"), Sandbox.Connection("postgres"), role: "trips", schema: "trips")
                    .UseRabbitMq(Broker("trips"));
            })
            .AddPlanDocuments(Path.Combine(TestServers.Root, "samples/trips"));
        return builder.Build();
    }

    private BusConnection Broker(string user) =>
        new()
        {
            Port = TestServers.RabbitMqPort,
            VirtualHost = Sandbox.Name,
            Username = user,
            Password = user + "-dev",
        };

    private async Task Declare()
    {
        var topology = orchestrator.Services.GetRequiredService<SagaTopology>();
        var options = new TopologyOptions(Sandbox.Name, [], DevelopmentPasswords: true);
        var definitions = JsonSerializer.Deserialize<JsonElement>(topology.Definitions(options));
        (await Sandbox.Console.PostAsJsonAsync("/api/definitions", definitions)).IsSuccessStatusCode.ShouldBeTrue();
        await Sandbox.Execute(topology.Roles(options));
    }
}
