using System.Net;
using Npgsql;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

public sealed class When_a_node_ends_without_its_database
{
    private const int Attempts = 10;

    [Test]
    [Property("Rule", "S26")]
    public async Task Should_end_all_the_same_and_leave_its_timers_to_others()
    {
        await using var sandbox = await Sandbox.Create();
        await using var line = CutLine.To(new NpgsqlConnectionStringBuilder(TestServers.Postgres).Port);
        var (port, log) = (FreePort.Find(), Path.GetTempFileName());
        var database = new NpgsqlConnectionStringBuilder(sandbox.Connection("orchestrator")) { Host = "127.0.0.1", Port = line.Port };
        using var orchestrator = ServiceProcess.Orchestrator(
            sandbox,
            port,
            log,
            ("ConnectionStrings__Orchestrator", database.ConnectionString)
        );
        using var api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Eventually.True(async () => await Health(api) == HttpStatusCode.OK, "it is ready");
        await Eventually.True(
            () => sandbox.Query<bool>("select count(*) > 0 from orchestrator.qrtz_triggers where prev_fire_time > 0"),
            "the scheduler runs"
        );

        line.Refuse();
        await Eventually.True(() => Task.FromResult(line.Refused > Attempts), "it looks for its database");

        (await orchestrator.Terminate()).ShouldBe(0);
        (await File.ReadAllTextAsync(log)).ShouldContain("The scheduler did not stop within");
    }

    private static async Task<HttpStatusCode?> Health(HttpClient api)
    {
        try
        {
            return (await api.GetAsync("/health/ready")).StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
