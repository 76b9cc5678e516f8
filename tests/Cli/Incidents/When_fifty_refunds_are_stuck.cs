using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Incidents;

public sealed class When_fifty_refunds_are_stuck
{
    private const string Incident = "Fifty refunds are stuck";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_looked_at_and_retried_together()
    {
        await Provoked.StuckRefunds(IncidentSystem.Running);
        await Eventually.True(
            async () =>
                (await IncidentSystem.Running.Api.GetStringAsync("/api/v1/alarms")).Contains("50 sagas wait", StringComparison.Ordinal),
            "the alarm stands"
        );
        using var ann = new Operator(Incident, IncidentSystem.Running.Api.BaseAddress!);
        (await ann.Type()).ShouldContain("It would act on 50 of 50 items.");
        await Provoked.MendGateway(IncidentSystem.Running);
        (await ann.Type()).ShouldContain("50 healed");
        ann.IsThrough();
    }
}
