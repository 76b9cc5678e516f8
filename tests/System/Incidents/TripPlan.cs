using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

/// <summary>What a trip begins with.</summary>
/// <param name="Key">Its business key.</param>
internal sealed record StartTrip(string Key);

/// <summary>Whether what is deployed can make the commands of a trip.</summary>
internal sealed class TripBuild
{
    public volatile bool IsBroken;
}

/// <summary>A plan in as many versions as are deployed, which throws in a broken build.</summary>
internal sealed class TripPlan : Plan<StartTrip>
{
    private TripPlan(int version, TripBuild build)
        : base("trip", version) =>
        Step("book_hotel")
            .At("inventory")
            .Within(TimeSpan.FromSeconds(2))
            .Retry(100, TimeSpan.FromSeconds(1))
            .Do(
                (trip, _) =>
                    build.IsBroken
                        ? throw new InvalidOperationException("There is no city.")
                        : new ReserveItems(trip.Key, [new ReservationLine("p1", version)])
            )
            .UndoneBy((trip, _) => new ReleaseReservation(trip.Key));

    public override StartTrip Example { get; } = new("T-0");

    /// <summary>A system with these versions.</summary>
    public static Task<RunningSystem> Deploy(Sandbox sandbox, int versions) =>
        RunningSystem.Start(sandbox: sandbox, add: services => Add(services, versions, new TripBuild()));

    public static void Add(IServiceCollection services, int versions, TripBuild build)
    {
        for (var version = 1; version <= versions; version++)
        {
            services.AddSingleton<Plan>(new TripPlan(version, build));
        }
    }

    public override string BusinessKey(StartTrip data) => data.Key;

    public override IEnumerable<FieldError> Validate(StartTrip data) => [];
}
