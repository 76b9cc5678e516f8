using System.Globalization;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Tests;

/// <summary>A thousand sagas while every kind of process is killed, paused and cut off. The long run is infra/chaos.</summary>
[Property("Rule", "S24")]
[Property("Rule", "S25")]
[Property("Rule", "S28")]
internal sealed class When_everything_is_killed
{
    private const int Kills = 25;
    private ChaosResults results = null!;

    [OneTimeSetUp]
    public async Task Run()
    {
        var root = Root();
        var portBase = int.Parse(Environment.GetEnvironmentVariable("SAGA_TEST_PORT_BASE") ?? "19400", CultureInfo.InvariantCulture) + 100;
        results = await ChaosRun.Run(
            new ChaosOptions
            {
                Minutes = 2,
                Sagas = 1000,
                Seed = 1,
                Interval = TimeSpan.FromSeconds(0.8),
                PortBase = portBase,
                Root = root,
                Data = Path.Combine(
                    Environment.GetEnvironmentVariable("SAGA_TEST_DATA") ?? Path.GetTempPath(),
                    string.Create(CultureInfo.InvariantCulture, $"saga-chaos-{Environment.ProcessId}")
                ),
                OrchestratorDll = Built(root, "src/Orchestrator/Server", "SagaOrchestrator.Server.dll"),
                ParticipantsDll = Built(root, "src/Participants/Services", "SagaOrchestrator.Participants.Services.dll"),
                Logs = Path.Combine(root, ".local/test/chaos"),
            },
            console: null,
            CancellationToken.None
        );
        ChaosReport.Tell(results, TestContext.Progress);
    }

    [Test]
    public void Should_break_no_rule() =>
        results.Checks.Where(check => !check.Holds).Select(check => $"{check.Name}: {string.Join("; ", check.Findings)}").ShouldBeEmpty();

    [Test]
    public void Should_have_started_every_saga() => results.Accepted.ShouldBe(results.Options.Sagas);

    [Test]
    public void Should_have_killed_every_kind_of_process()
    {
        results.Kills.Count.ShouldBeGreaterThanOrEqualTo(Kills);
        Enum.GetValues<ProcessKind>().Except(results.Kills.Select(kill => kill.Kind)).ShouldBeEmpty();
    }

    private static string Built(string root, string project, string name) =>
        Path.Combine(root, project, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", name);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SagaOrchestrator.sln")))
        {
            folder =
                folder.Parent
                ?? throw new InvalidOperationException("These tests run inside the clone, which has SagaOrchestrator.sln at its root.");
        }

        return folder.FullName;
    }
}
