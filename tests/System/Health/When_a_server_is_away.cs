using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Health;
using SagaOrchestrator.Participants.Services;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Health;

public sealed class When_a_server_is_away
{
    [Test]
    public Task Should_say_that_the_database_does_not_answer() =>
        WatchedSystem.Tells(
            "postgres",
            HttpStatusCode.ServiceUnavailable,
            "Postgres does not answer",
            system => system.Sandbox.Block(),
            system => system.Sandbox.Unblock()
        );

    [Test]
    public async Task Should_say_how_old_its_answer_is()
    {
        var api = (await WatchedSystem.Get()).Api;
        // Participants start after the orchestrator.
        var body = await Eventually.Get(
            () => api.GetFromJsonAsync<JsonElement>("/health/ready"),
            answer => answer.GetProperty("status").GetString() == "Healthy",
            "all is well"
        );
        body.GetProperty("ageSeconds").GetDouble().ShouldBeInRange(0, 30);
        body.GetProperty("checks")
            .EnumerateArray()
            .Select(check => check.GetProperty("name").GetString())
            .ShouldBe([
                "broker",
                "bus",
                "outbox",
                "participant-inventory",
                "participant-notifications",
                "participant-payments",
                "participant-shipping",
                "plan-documents",
                "postgres",
                "queue",
                "subject-keys",
                "timers",
                "unrouted",
            ]);
    }

    [Test]
    public async Task Should_say_in_the_log_of_a_participant_that_the_broker_cannot_be_reached()
    {
        await using var sandbox = await Sandbox.Create();
        await using var line = CutLine.To(TestServers.RabbitMqPort);
        var settings = sandbox.Settings();
        settings["RabbitMq:Port"] = line.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var service = ParticipantService.All.Single(one => one.Name == "notifications");
        var log = new RecordedLog();
        using var host = ParticipantApp.Build(
            service,
            [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")],
            services => services.AddSingleton<ILoggerProvider>(log)
        );
        await host.StartAsync();
        var watch = host.Services.GetRequiredService<ConditionWatch>();
        await Eventually.True(() => Task.FromResult(watch.Report.Status == HealthStatus.Healthy), "the participant is well");
        line.Refuse();
        await Eventually.True(() => Task.FromResult(Broker(watch) == HealthStatus.Unhealthy), "the participant misses the broker");
        log.About("broker")
            .ShouldHaveSingleItem()
            .ShouldContain(
                "notifications is degraded, condition broker: RabbitMQ cannot be reached for sending. What is sent stays in the outbox; "
                    + "sagas stand still."
            );
        line.Mend();
        await Eventually.True(() => Task.FromResult(watch.Report.Status == HealthStatus.Healthy), "the participant is well again");
        log.About("broker").Count.ShouldBe(2);
        await host.StopAsync();
    }

    private static HealthStatus Broker(ConditionWatch watch) =>
        watch.Report.Conditions.Single(condition => condition.Name == "broker").Status;
}
