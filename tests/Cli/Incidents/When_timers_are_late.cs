using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Incidents;

/// <summary>A deploy was taken back, and sagas were under way on its plan version.</summary>
public sealed class When_timers_are_late
{
    private const string Incident = "Timers are late";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_lead_to_the_plan_version_that_is_missing()
    {
        await using var sandbox = await Sandbox.CreateMigrated();
        Guid trip;
        await using (var newer = await TripPlan.Deploy(sandbox, versions: 2))
        {
            await newer.StopParticipant("inventory");
            trip = await newer.Api.StartSaga(new JsonObject { ["key"] = "T-1" }, "trip");
            await newer.Api.WaitForStep(trip, "book_hotel", "Reply");
        }

        Operator ann;
        await using (var former = await TripPlan.Deploy(sandbox, versions: 1))
        {
            ann = new Operator(Incident, former.Api.BaseAddress!);
            await ann.See("does not have plan 'trip' version 2");
            await ann.See("1 sagas are under way on it");
        }

        using var him = ann;
        await using var again = await TripPlan.Deploy(sandbox, versions: 2);
        ann.Reconnect(again.Api.BaseAddress!);
        await again.Api.WaitFor(trip, "Completed");
        (await ann.Type()).ShouldNotContain("does not have plan");
        ann.IsThrough();
    }
}
