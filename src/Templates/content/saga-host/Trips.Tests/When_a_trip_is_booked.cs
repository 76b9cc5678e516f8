using NUnit.Framework;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Testing;
using Trips;
using Trips.Contracts;

namespace Trips.Tests;

public sealed class When_a_trip_is_booked
{
    private static readonly StartTrip Trip = new("T-1", "Rome", 900);

    [Test]
    public void Should_complete_when_both_say_yes()
    {
        var saga = SagaScenario.Start(new TripPlan(), Trip).Completes("book_hotel", new HotelBooked("12"));
        Assert.That(saga.Command<ChargeCard>("charge_card").Room, Is.EqualTo("12"));
        Assert.That(saga.Completes("charge_card").State, Is.EqualTo(SagaState.Completed));
    }

    [Test]
    public void Should_cancel_the_hotel_when_the_card_is_refused()
    {
        var saga = SagaScenario
            .Start(new TripPlan(), Trip)
            .Completes("book_hotel", new HotelBooked("12"))
            .Rejects("charge_card", "declined");
        Assert.That(saga.Compensation<CancelHotel>("book_hotel").City, Is.EqualTo("Rome"));
        Assert.That(saga.CompletesCompensation("book_hotel").State, Is.EqualTo(SagaState.Failed));
    }
}
