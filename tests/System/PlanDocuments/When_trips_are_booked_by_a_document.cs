using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.PlanDocuments.Trips;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.PlanDocuments;

/// <summary>A second, quite different saga, of which no line was compiled: flight, hotel and car at once, then the payment.</summary>
public sealed class When_trips_are_booked_by_a_document
{
    /// <summary>How many trips; the environment may ask for more.</summary>
    private static readonly int Trips = int.Parse(
        Environment.GetEnvironmentVariable("SAGA_TEST_TRIPS") ?? "40",
        System.Globalization.CultureInfo.InvariantCulture
    );

    [Test]
    [Property("Rule", "S3")]
    [Property("Rule", "S4")]
    public async Task Should_end_every_trip_and_take_back_in_reverse_what_a_sold_out_flight_needed()
    {
        await using var system = await TripSystem.Start();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Trips),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (number, _) => await system.Begin(Trip(number))
        );
        await Eventually.Get(
            () => system.Sandbox.Query<long>("select count(*) from trips.saga where ended_at is not null"),
            ended => ended == Trips,
            "every trip has ended"
        );

        var soldOut = Enumerable.Range(0, Trips).Count(number => number % 4 == 0);
        (await Count(system, "trips.saga where state = 'Failed'")).ShouldBe(soldOut);
        (await Count(system, "trips.saga where state = 'Completed'")).ShouldBe(Trips - soldOut);
        foreach (var paid in new[] { "cards", "tickets" })
        {
            (await Count(system, $"{paid}.entry")).ShouldBe(Trips - soldOut, "each is paid once and gets its ticket once");
        }

        (await Count(system, "flights.entry where what = 'undone'")).ShouldBe(0, "a flight that was rejected is not undone");
        foreach (var booked in new[] { "hotels", "cars" })
        {
            var undone = $"(select count(*) from {booked}.entry e where e.saga_id = s.id and what = 'undone')";
            var done = $"(select count(*) from {booked}.entry e where e.saga_id = s.id and what <> 'undone')";
            (await Count(system, $"trips.saga s where {undone} <> case state when 'Failed' then {done} else 0 end or {done} > 1")).ShouldBe(
                0,
                $"{booked} has taken back what it did for a trip that failed, and nothing else"
            );
        }

        (
            await Count(
                system,
                "hotels.entry h join cars.entry c using (saga_id) where h.what = 'undone' and c.what = 'undone' and h.at < c.at"
            )
        ).ShouldBe(0, "the car, which was begun last, is undone first");
        (await Count(system, "cars.entry where what = 'undone'")).ShouldBeGreaterThan(0);
    }

    // Every fourth flight is sold out, every fifth is answered at the second try, and every third trip has no car.
    private static JsonObject Trip(int number)
    {
        var trip = new JsonObject
        {
            ["tripId"] = $"T-{number}",
            ["traveller"] = "Ada",
            ["email"] = "ada@example.org",
            ["flight"] = new JsonObject
            {
                ["number"] =
                    number % 4 == 0 ? "XX0"
                    : number % 5 == 0 ? "XX1"
                    : "XX9",
                ["seats"] = 2,
            },
            ["hotel"] = new JsonObject { ["city"] = "Rome", ["nights"] = 3 },
            ["price"] = 199.90m + number,
            ["currency"] = "EUR",
        };
        if (number % 3 != 0)
        {
            trip["car"] = new JsonObject { ["category"] = "family" };
        }

        return trip;
    }

    private static Task<long> Count(TripSystem system, string from) => system.Sandbox.Query<long>($"select count(*) from {from}");
}
