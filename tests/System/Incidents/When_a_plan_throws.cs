using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

public sealed class When_a_plan_throws
{
    private const string Incident = "A plan throws";

    [Test]
    public async Task Should_be_cured_as_the_page_says()
    {
        var build = new TripBuild { IsBroken = true };
        await using var system = await RunningSystem.Start(add: services => TripPlan.Add(services, versions: 1, build));
        var walk = new Walk(Incident, system.Api);
        var trips = await Provoked.Trips(system);
        await walk.WaitForAlarm();
        await walk.Type();
        // The build is deployed whose plan can make its command.
        build.IsBroken = false;
        walk.Set("ID", (await walk.Type()).GetProperty("id").GetString()!);
        await walk.Type();
        walk.ShouldBeThrough();
        foreach (var trip in trips)
        {
            await system.Api.WaitFor(trip, "Completed");
        }

        await walk.WaitUntilOver();
    }
}
