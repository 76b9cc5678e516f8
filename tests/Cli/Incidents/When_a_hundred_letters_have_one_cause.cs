using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Incidents;

/// <summary>Somebody rejected a hundred starts in the broker's console while the orchestrator was away.</summary>
public sealed class When_a_hundred_letters_have_one_cause
{
    private const string Incident = "A hundred dead letters of one cause";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_one_cause_and_redriven_together()
    {
        await using var sandbox = await Sandbox.CreateMigrated();
        await RejectedStarts.Make(sandbox, 100);
        await using var system = await RunningSystem.Start(sandbox: sandbox);
        using var ann = new Operator(Incident, system.Api.BaseAddress!);
        await ann.See("orchestrator", "rejected", "100");
        (await ann.Type()).ShouldContain("is Finished");
        ann.IsThrough();
        (await sandbox.Peek("orchestrator.dead-letter")).ShouldBeEmpty();
    }
}
