using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Incidents;

public sealed class When_a_plan_throws
{
    private const string Incident = "A plan throws";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_told_why_and_retried_when_it_is_mended()
    {
        IncidentSystem.Build.IsBroken = true;
        var trips = await Provoked.Trips(IncidentSystem.Running);
        using var ann = new Operator(Incident, IncidentSystem.Running.Api.BaseAddress!);
        await ann.See("T-1", "T-2", "T-3", "There is no city.");
        // The build is deployed whose plan can make its command.
        IncidentSystem.Build.IsBroken = false;
        (await ann.Type()).ShouldContain("3 healed");
        ann.IsThrough();
        foreach (var trip in trips)
        {
            await IncidentSystem.Running.Api.WaitFor(trip, "Completed");
        }
    }
}
