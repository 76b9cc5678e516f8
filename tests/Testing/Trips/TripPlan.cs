using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Testing.Tests.Trips;

public sealed class TripPlan : Plan<StartTrip>
{
    public TripPlan()
        : base("trip", version: 1)
    {
        GivesUpAfter(TimeSpan.FromDays(60));

        Parallel(
            Step<HotelBooked>("book_hotel", out var hotel)
                .At("hotels")
                .Do((trip, _) => new BookHotel(trip.City))
                .UndoneBy((trip, _) => new CancelHotel(trip.City)),
            Step("book_flight").At("flights").Do((trip, _) => new BookFlight(trip.City)).UndoneBy((trip, _) => new CancelFlight(trip.City))
        );

        Step("apply_for_visa")
            .At("visas")
            .Within(TimeSpan.FromDays(21))
            .If((trip, _) => trip.NeedsVisa)
            .CompensateWhenUnknown()
            .Do((trip, _) => new ApplyForVisa(trip.City))
            .UndoneBy((trip, _) => new WithdrawVisa(trip.City));

        Step("await_approval").WaitsFor("approval").Within(TimeSpan.FromDays(14));

        Step("charge_card").AsPivot().At("cards").EnquireWhenUnknown().Do((trip, _) => new ChargeCard(trip.Price));

        Step("send_tickets").AsRetriable().At("mail").Do((_, saga) => new SendTickets(saga.Result(hotel)!.Number));
    }

    public override StartTrip Example { get; } = new("T-1", "Rome", 900, NeedsVisa: false);

    public override string BusinessKey(StartTrip trip) => trip.TripId;

    public override IEnumerable<FieldError> Validate(StartTrip trip) =>
        string.IsNullOrEmpty(trip.TripId) ? [new FieldError("tripId", "A trip needs an id.")] : [];
}
