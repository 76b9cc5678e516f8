using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

public sealed class When_a_node_cannot_start
{
    [Test]
    public async Task Should_end_with_a_status_that_says_so()
    {
        await using var system = await RunningSystem.Start();
        await system.Sandbox.Execute("drop table orchestrator.qrtz_simple_triggers");
        var log = Path.GetTempFileName();
        using var orchestrator = ServiceProcess.Orchestrator(system.Sandbox, FreePort.Find(), log);

        await orchestrator.Exited();

        orchestrator.ExitStatus.ShouldBe(1);
        (await File.ReadAllTextAsync(log)).ShouldContain("qrtz_simple_triggers");
    }
}
