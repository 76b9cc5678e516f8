using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Incidents;

public sealed class When_a_message_is_poison
{
    private const string Incident = "A message that nobody can read";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_read_and_discarded()
    {
        await Provoked.Poison(IncidentSystem.Running);
        using var ann = new Operator(Incident, IncidentSystem.Running.Api.BaseAddress!);
        var seen = await ann.See("malformed");
        ann.Id = Ids.In(seen);
        (await ann.Type()).ShouldContain("discarded");
        ann.IsThrough();
        (await IncidentSystem.Running.Sandbox.Peek("payments.dead-letter")).ShouldBeEmpty();
        await IncidentSystem.Running.Api.Run(Order.Of(), "Completed");
    }
}
