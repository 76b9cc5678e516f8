using SagaOrchestrator.Plans;
using Trips.Contracts;

namespace Trips;

/// <summary>Books a hotel and charges the card. When the card is refused, the booking is cancelled.</summary>
public sealed class TripPlan : Plan<StartTrip>
{
    public TripPlan()
        : base("trip", version: 1)
    {
        Step<HotelBooked>("book_hotel", out var hotel)
            .At("hotels")
            .Within(TimeSpan.FromSeconds(30))
            .Do((trip, _) => new BookHotel(trip.City))
            .UndoneBy((trip, _) => new CancelHotel(trip.City));

        Step("charge_card")
            .At("cards")
            .Within(TimeSpan.FromSeconds(30))
            .Do((trip, saga) => new ChargeCard(saga.Result(hotel)!.Room, trip.Price))
            .UndoneBy((trip, _) => new RefundCard(trip.Price));
    }

    public override StartTrip Example { get; } = new("T-1", "Rome", 900);

    public override string BusinessKey(StartTrip data) => data.TripId;

    public override IEnumerable<FieldError> Validate(StartTrip data) =>
        data.Price <= 0 ? [new FieldError("price", "A trip costs more than nothing.")] : [];
}
