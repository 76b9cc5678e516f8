using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SagaOrchestrator.Engine.Starting;
using SagaOrchestrator.Engine.Topology;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Hosting;

/// <summary>One virtual host and one database; each has a queue, a schema and plans of its own, and one participant serves both.</summary>
public sealed class When_two_orchestrators_share_servers
{
    private const int Sagas = 20;
    private static readonly string[] Orchestrators = ["north", "south"];

    [Test]
    [Property("Rule", "S27")]
    public async Task Should_answer_each_where_it_asked()
    {
        await using var sandbox = await Sandbox.Create();
        using var north = Orchestrator(sandbox, "north", new NorthPlan());
        using var south = Orchestrator(sandbox, "south", new SouthPlan());
        await Declare(sandbox, north, "south");
        await Declare(sandbox, south, "north");
        await sandbox.Execute(
            "create schema workshop; create table workshop.job (saga_id uuid primary key, side text not null); grant usage on schema "
                + "workshop to workshop; grant all on workshop.job to workshop"
        );
        using var workshop = Workshop(sandbox);
        IHost[] hosts = [workshop, north, south];
        foreach (var host in hosts)
        {
            await host.StartAsync();
        }

        for (var number = 0; number < Sagas; number++)
        {
            await Start(north, new NorthPlan(), number);
            await Start(south, new SouthPlan(), number);
        }

        foreach (var side in Orchestrators)
        {
            await Eventually.Get(
                () => sandbox.Query<long>($"select count(*) from {side}.saga where type = '{side}' and state = 'Completed'"),
                count => count == Sagas,
                $"every saga of {side} is completed"
            );
            (await sandbox.Query<long>($"select count(*) from {side}.saga")).ShouldBe(Sagas, "it has its own only");
            (await sandbox.Query<long>($"select count(*) from {side}.saga_history where data ->> 'type' = 'reply_ignored'")).ShouldBe(0);
            (await sandbox.Query<long>($"select count(*) from workshop.job where side = '{side}'")).ShouldBe(Sagas);
        }

        foreach (var host in hosts.Reverse())
        {
            await host.StopAsync();
        }
    }

    private static IHost Orchestrator(Sandbox sandbox, string name, Plan plan)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder
            .Services.AddSagaOrchestrator(options =>
            {
                options.Queue = name;
                options
                    .UsePostgres(sandbox.Connection(name), sandbox.Connection("postgres"), role: name, schema: name)
                    .UseRabbitMq(Broker(sandbox, name));
            })
            .AddPlan(plan);
        return builder.Build();
    }

    private static IHost Workshop(Sandbox sandbox)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder.Services.AddParticipant(
            "workshop",
            workshop =>
                workshop
                    .UsePostgres(sandbox.Connection("workshop"), sandbox.Connection("postgres"))
                    .UseRabbitMq(Broker(sandbox, "workshop"))
                    .AddStep<WorkStep>()
        );
        return builder.Build();
    }

    private static BusConnection Broker(Sandbox sandbox, string user) =>
        new()
        {
            Port = TestServers.RabbitMqPort,
            VirtualHost = sandbox.Name,
            Username = user,
            Password = user + "-dev",
        };

    private static async Task Declare(Sandbox sandbox, IHost host, string other)
    {
        var topology = host.Services.GetRequiredService<SagaTopology>();
        var options = new TopologyOptions(sandbox.Name, [other], DevelopmentPasswords: true);
        var definitions = JsonSerializer.Deserialize<JsonElement>(topology.Definitions(options));
        (await sandbox.Console.PostAsJsonAsync("/api/definitions", definitions)).IsSuccessStatusCode.ShouldBeTrue();
        await sandbox.Execute(topology.Roles(options));
    }

    private static async Task Start(IHost host, Plan plan, int number)
    {
        var request = plan.Read(JsonSerializer.SerializeToUtf8Bytes(new { key = $"{number}" }));
        (await host.Services.GetRequiredService<RequestStarts>().Start(request, CancellationToken.None)).Outcome.ShouldBe(StartOutcome.New);
    }

    public sealed record StartWork(string Key);

    public sealed record Work(string Side) : SagaCommand;

    public sealed record Unwork : SagaCommand;

    private abstract class WorkPlan : Plan<StartWork>
    {
        protected WorkPlan(string side)
            : base(side, version: 1) =>
            Step("work").At("workshop").Within(TimeSpan.FromSeconds(30)).Do((_, _) => new Work(side)).UndoneBy((_, _) => new Unwork());

        public override StartWork Example { get; } = new("1");

        public override string BusinessKey(StartWork data) => data.Key;

        public override IEnumerable<FieldError> Validate(StartWork data) => [];
    }

    private sealed class NorthPlan() : WorkPlan("north");

    private sealed class SouthPlan() : WorkPlan("south");

    private sealed class WorkStep : StepHandler<Work, Unwork>
    {
        public override Task<StepOutcome> Do(Work command, StepContext context)
        {
            context.Database.Insert("workshop.job", ("saga_id", context.SagaId), ("side", command.Side));
            return new StepOutcome.Completed();
        }

        public override Task<UndoOutcome> Undo(Unwork command, StepContext context)
        {
            context.Database.Write("delete from workshop.job where saga_id = $1", context.SagaId);
            return new UndoOutcome.Completed();
        }
    }
}
