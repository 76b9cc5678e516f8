using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Server;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

/// <summary>A node has looked at its database and begins to serve; that is when the database dies, as it may at any time.</summary>
public sealed class When_the_database_goes_away_as_a_node_starts
{
    [Test]
    [Property("Rule", "S26")]
    public async Task Should_start_all_the_same_and_have_its_timers_once_it_is_back()
    {
        await using var sandbox = await Sandbox.Create();
        await using var line = CutLine.To(new NpgsqlConnectionStringBuilder(TestServers.Postgres).Port);
        var settings = sandbox.Settings();
        settings["ConnectionStrings:Orchestrator"] = new NpgsqlConnectionStringBuilder(sandbox.Connection("orchestrator"))
        {
            Host = "127.0.0.1",
            Port = line.Port,
        }.ConnectionString;
        await using var node = OrchestratorApp.Build(
            RunningSystem.Arguments(settings),
            services => services.AddHostedService(_ => new AfterTheChecks(line.Refuse))
        );

        await node.StartAsync();

        line.Mend();
        await Eventually.True(
            () => sandbox.Query<bool>("select count(*) > 0 from orchestrator.qrtz_triggers where prev_fire_time > 0"),
            "the scheduler runs its job"
        );
        await node.StopAsync();
    }

    // Everything is begun after all have said that it may.
    private sealed class AfterTheChecks(Action action) : BeforeStart
    {
        public override Task StartingAsync(CancellationToken cancellationToken)
        {
            action();
            return Task.CompletedTask;
        }
    }
}
