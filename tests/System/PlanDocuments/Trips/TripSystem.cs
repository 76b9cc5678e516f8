using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Topology;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.PlanDocuments.Trips;

/// <summary>The trip that is shipped as a document: an orchestrator with its folder, and five participants, on the real servers.</summary>
internal sealed class TripSystem : IAsyncDisposable
{
    private readonly List<IHost> hosts = [];

    private TripSystem(Sandbox sandbox) => Sandbox = sandbox;

    public static string[] Participants { get; } = ["flights", "hotels", "cars", "cards", "tickets"];

    public Sandbox Sandbox { get; }

    private IServiceProvider Orchestrator => hosts[0].Services;

    public static async Task<TripSystem> Start()
    {
        var system = new TripSystem(await Sandbox.Create());
        system.hosts.Add(system.MakeOrchestrator());
        await system.Declare();
        foreach (var name in Participants)
        {
            await system.Sandbox.Execute(
                $"create schema {name}; {TripSteps.Schema(name)}; grant usage on schema {name} to {name}; "
                    + $"grant all on {name}.entry to {name}"
            );
            system.hosts.Add(system.MakeParticipant(name));
        }

        foreach (var host in Enumerable.Reverse(system.hosts))
        {
            await host.StartAsync();
        }

        return system;
    }

    /// <summary>Starts a trip, and returns its id.</summary>
    public async Task<Guid> Begin(JsonNode data)
    {
        var plan = Orchestrator.GetRequiredService<PlanCatalogue>().Find("trip-booking")!;
        var request = plan.Read(JsonSerializer.SerializeToUtf8Bytes(data));
        return (await Orchestrator.GetRequiredService<SagaStarter>().Start(request, CancellationToken.None))
            .ShouldBeOfType<StartAnswer.Started>()
            .Saga.Id;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }

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

    private IHost MakeParticipant(string name)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder.Services.AddParticipant(
            name,
            participant =>
            {
                participant.UsePostgres(Sandbox.Connection(name), Sandbox.Connection("postgres")).UseRabbitMq(Broker(name));
                _ = name switch
                {
                    "flights" => participant.AddStep<BookFlightStep>(),
                    "hotels" => participant.AddStep<BookHotelStep>(),
                    "cars" => participant.AddStep<BookCarStep>(),
                    "cards" => participant.AddStep<TakePaymentStep>(),
                    _ => participant.AddStep<SendTicketStep>(),
                };
            }
        );
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
        var topology = Orchestrator.GetRequiredService<SagaTopology>();
        var options = new TopologyOptions(Sandbox.Name, [], DevelopmentPasswords: true);
        var definitions = JsonSerializer.Deserialize<JsonElement>(topology.Definitions(options));
        (await Sandbox.Console.PostAsJsonAsync("/api/definitions", definitions)).IsSuccessStatusCode.ShouldBeTrue();
        await Sandbox.Execute(topology.Roles(options));
    }
}
