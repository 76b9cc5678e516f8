using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Incidents;

public sealed class When_somebody_asks_who_cancelled
{
    private const string Incident = "Who cancelled this, and why?";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_answered_with_name_and_reason()
    {
        var id = await Provoked.Cancelled(IncidentSystem.Running, "10249");
        using var ann = new Operator(Incident, IncidentSystem.Running.Api.BaseAddress!);
        await ann.See("Failed", "cancelled", id.ToString());
        ann.Id = id.ToString();
        await ann.See("cancel", "bob", "The customer called.");
        ann.IsThrough();
    }
}
