using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Incidents;

public sealed class When_a_participant_is_down
{
    private const string Incident = "A participant is down";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_seen_why_and_seen_to_be_over()
    {
        var orders = await Provoked.Absence(IncidentSystem.Running, "payments");
        using var ann = new Operator(Incident, IncidentSystem.Running.Api.BaseAddress!);
        var seen = await ann.See("Its queue has no consumer.");
        seen.ShouldContain("Open");
        await IncidentSystem.Running.StartParticipant("payments");
        foreach (var order in orders)
        {
            await IncidentSystem.Running.Api.WaitFor(order, "Completed");
        }

        // Its breaker closes at the next look, a moment after the first answers.
        await ann.SeeNoMore("Its queue has no consumer.");
        ann.IsThrough();
    }
}
