using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Messaging.Health;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Testing.Tests.Trips;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Telemetry.Tests.Health;

public sealed class When_the_health_of_a_host_is_checked
{
    private static readonly Trouble SlowDisk = new("disk", "slow", "The disk is slow.", "All is slow.", "Get a faster one.");

    [Test]
    public async Task Should_be_healthy_when_all_is_well()
    {
        using var host = Orchestrator();
        await host.StartAsync();
        (await Becomes(host, HealthStatus.Healthy)).Description.ShouldBeNull();
        await host.StopAsync();
    }

    [Test]
    public async Task Should_be_degraded_in_the_words_of_the_readiness()
    {
        using var host = Orchestrator(SlowDisk);
        await host.StartAsync();
        var found = await Becomes(host, HealthStatus.Degraded);
        found.Description.ShouldBe("The disk is slow. All is slow. Get a faster one.");
        var readiness = host.Services.GetRequiredService<ConditionWatch>().Report;
        found.Description.ShouldBe(readiness.Conditions.Single(line => line.Name == "disk").Description);
        found.Data["disk"].ShouldBe(found.Description);
        await host.StopAsync();
    }

    [Test]
    public async Task Should_be_unhealthy_when_it_cannot_work()
    {
        using var host = Orchestrator(SlowDisk with { StopsWork = true });
        await host.StartAsync();
        await Eventually.True(async () => (await Check(host)).Data.ContainsKey("disk"), "it has looked");
        (await Check(host)).Status.ShouldBe(HealthStatus.Unhealthy);
        await host.StopAsync();
    }

    [Test]
    public async Task Should_be_unhealthy_until_it_has_looked()
    {
        using var host = Orchestrator();
        var found = await Check(host);
        found.Status.ShouldBe(HealthStatus.Unhealthy);
        found.Description.ShouldBe("This node has just been started, and has not looked around yet.");
    }

    [Test]
    public async Task Should_have_the_name_the_status_and_the_tags_that_the_host_chose()
    {
        using var host = Build(services =>
        {
            services.AddSagaOrchestrator(options => options.UseInMemory()).AddPlan<TripPlan>();
            services.AddHealthChecks().AddSagaOrchestrator("trips", HealthStatus.Degraded, ["ready"]);
        });
        var found = await Check(host, "trips");
        found.Status.ShouldBe(HealthStatus.Degraded);
        found.Tags.ShouldBe(["ready"]);
    }

    [Test]
    public async Task Should_ask_a_participant_too()
    {
        using var host = Build(services =>
        {
            services.AddParticipant(
                "hotels",
                hotels => hotels.UsePostgres("Host=127.0.0.1").UseRabbitMq(new BusConnection()).AddStep(_ => new BookHotelStep(rooms: 1))
            );
            services.AddHealthChecks().AddSagaParticipant();
        });
        (await Check(host, "saga-participant")).Description.ShouldBe("This node has just been started, and has not looked around yet.");
    }

    [Test]
    public async Task Should_not_start_without_an_orchestrator()
    {
        using var host = Build(services => services.AddHealthChecks().AddSagaOrchestrator());
        (await Should.ThrowAsync<Exception>(() => host.StartAsync())).Message.ShouldBe(
            "The health check AddHealthChecks().AddSagaOrchestrator() has no orchestrator to ask."
                + " Call builder.Services.AddSagaOrchestrator(...) too."
        );
    }

    [Test]
    public async Task Should_not_start_without_a_participant()
    {
        using var host = Build(services => services.AddHealthChecks().AddSagaParticipant());
        (await Should.ThrowAsync<Exception>(() => host.StartAsync())).Message.ShouldBe(
            "The health check AddHealthChecks().AddSagaParticipant() has no participant to ask."
                + " Call builder.Services.AddParticipant(\"NAME\", ...) too."
        );
    }

    private static IHost Orchestrator(params Trouble[] troubles) =>
        Build(services =>
        {
            // Before the orchestrator, which a host may add later.
            services.AddHealthChecks().AddSagaOrchestrator();
            services.AddSagaOrchestrator(options => options.UseInMemory()).AddPlan<TripPlan>();
            foreach (var trouble in troubles)
            {
                services.AddSingleton<ConditionCheck>(new Found(trouble));
            }
        });

    private static IHost Build(Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(builder.Services);
        return builder.Build();
    }

    private static async Task<HealthReportEntry> Check(IHost host, string name = "saga-orchestrator") =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries[name];

    private static async Task<HealthReportEntry> Becomes(IHost host, HealthStatus status) =>
        await Eventually.Get(() => Check(host), found => found.Status == status, $"it is {status}");

    private sealed class Found(Trouble trouble) : ConditionCheck(trouble.Condition)
    {
        public override Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Trouble>>([trouble]);
    }
}
