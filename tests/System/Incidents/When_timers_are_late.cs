using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

/// <summary>A deploy was taken back, and sagas were under way on its plan version.</summary>
public sealed class When_timers_are_late
{
    private const string Incident = "Timers are late";

    [Test]
    public async Task Should_be_cured_as_the_page_says()
    {
        await using var sandbox = await Sandbox.CreateMigrated();
        Guid trip;
        await using (var newer = await TripPlan.Deploy(sandbox, versions: 2))
        {
            await newer.StopParticipant("inventory");
            trip = await newer.Api.StartSaga(new System.Text.Json.Nodes.JsonObject { ["key"] = "T-1" }, "trip");
            await newer.Api.WaitForStep(trip, "book_hotel", "Reply");
        }

        await using (var former = await TripPlan.Deploy(sandbox, versions: 1))
        {
            var walk = new Walk(Incident, former.Api);
            await walk.WaitForAlarm();
            await walk.Type();
            await walk.Type();
        }

        await using var again = await TripPlan.Deploy(sandbox, versions: 2);
        var rest = new Walk(Incident, again.Api, alreadyTyped: 2);
        await rest.Type();
        rest.ShouldBeThrough();
        await again.Api.WaitFor(trip, "Completed");
        await rest.WaitUntilOver();
    }
}
