using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Incidents;

public sealed class When_somebody_asks_for_an_order
{
    private const string Incident = "Where is my order?";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_answered_in_sentences()
    {
        var id = await Provoked.OrderWithoutShipping(IncidentSystem.Running, "10248");
        using var ann = new Operator(Incident, IncidentSystem.Running.Api.BaseAddress!);
        await ann.See("for shipping to answer create_shipment (attempt 1 of 3).", "Shipping is away since");
        ann.IsThrough();
        await IncidentSystem.Running.StartParticipant("shipping");
        await IncidentSystem.Running.Api.WaitFor(id, "Completed");
    }
}
