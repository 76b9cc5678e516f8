namespace SagaOrchestrator.Contracts.Tests.Rules;

/// <summary>The table that other teams read is what the fence does.</summary>
[Property("Rule", "S8")]
public sealed class When_the_rules_of_a_participant_are_compared
{
    [Test]
    public async Task Should_find_them_as_the_fence_has_them() =>
        Clone.Approve("src/Orchestrator/Contracts/Rules/participant-rules.md", await new RuleTable(new KitFence()).Write());

    [Test]
    public async Task Should_find_what_is_served_as_it_is_in_the_clone() =>
        OrderContract
            .Write(ContractFormat.Rules)
            .ShouldBe(await File.ReadAllTextAsync(Path.Combine(Clone.Root, "src/Orchestrator/Contracts/Rules/participant-rules.md")));
}
