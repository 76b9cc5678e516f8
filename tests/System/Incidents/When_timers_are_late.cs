using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

/// <summary>A deploy was taken back, and sagas were under way on its plan version.</summary>
public sealed class When_timers_are_late
{
    private const string Incident = "Timers are late";

    [Test]
    public async Task Should_be_cured_as_the_page_says()
    {
        await using var sandbox = await Sandbox.Create();
        Guid trip;
        await using (var newer = await Start(sandbox, versions: 2))
        {
            await newer.StopParticipant("inventory");
            trip = await newer.Api.StartSaga(new System.Text.Json.Nodes.JsonObject { ["key"] = "T-1" }, "trip");
            await newer.Api.WaitForStep(trip, "book", "Reply");
        }

        await using (var former = await Start(sandbox, versions: 1))
        {
            var walk = new Walk(Incident, former.Api);
            await walk.WaitForAlarm();
            await walk.Type();
            await walk.Type();
        }

        await using var again = await Start(sandbox, versions: 2);
        var rest = new Walk(Incident, again.Api, alreadyTyped: 2);
        await rest.Type();
        rest.ShouldBeThrough();
        await again.Api.WaitFor(trip, "Completed");
        await rest.WaitUntilOver();
    }

    private static Task<RunningSystem> Start(Sandbox sandbox, int versions) =>
        RunningSystem.Start(
            sandbox: sandbox,
            add: services =>
            {
                for (var version = 1; version <= versions; version++)
                {
                    services.AddSingleton<Plan>(new TripPlan(version));
                }
            }
        );

    private sealed record StartTrip(string Key);

    private sealed class TripPlan : Plan<StartTrip>
    {
        public TripPlan(int version)
            : base("trip", version) =>
            Step("book")
                .At("inventory")
                .Within(TimeSpan.FromSeconds(2))
                .Retry(100, TimeSpan.FromSeconds(1))
                .Do((trip, _) => new ReserveItems(trip.Key, [new ReservationLine("p1", version)]))
                .UndoneBy((trip, _) => new ReleaseReservation(trip.Key));

        public override StartTrip Example { get; } = new("T-0");

        public override string BusinessKey(StartTrip data) => data.Key;

        public override IEnumerable<FieldError> Validate(StartTrip data) => [];
    }
}
