using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Tests.Participants;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

public sealed class When_a_plan_throws
{
    private const string Incident = "A plan throws";

    [Test]
    public async Task Should_be_cured_as_the_page_says()
    {
        var build = new Build();
        await using var system = await RunningSystem.Start(add: services => services.AddSingleton(build).AddPlan<TripPlan>());
        await using var participant = await TestParticipant.Replace(system, endpoint => endpoint.Add(new Builds()));
        var walk = new Walk(Incident, system.Api);
        var trips = await Task.WhenAll(
            Enumerable.Range(1, 3).Select(number => system.Api.StartSaga(new JsonObject { ["key"] = $"T-{number}" }, "trip"))
        );
        await walk.WaitForAlarm();
        await walk.Type();
        // The build is deployed whose plan can make its command.
        build.IsMended = true;
        walk.Set("ID", (await walk.Type()).GetProperty("id").GetString()!);
        await walk.Type();
        walk.ShouldBeThrough();
        foreach (var trip in trips)
        {
            await system.Api.WaitFor(trip, "Completed");
        }

        await walk.WaitUntilOver();
    }

    private sealed class Build
    {
        public volatile bool IsMended;
    }

    private sealed class TripPlan : BuildPlan
    {
        public TripPlan(Build build)
            : base("trip", step => step.Within(TimeSpan.FromMinutes(5))) =>
            Step("book_hotel")
                .At(OrderQueues.Notifications)
                .Within(TimeSpan.FromMinutes(5))
                .Do((_, _) => build.IsMended ? Build() : throw new InvalidOperationException("There is no city."))
                .UndoneBy((_, _) => TearDown());
    }
}
