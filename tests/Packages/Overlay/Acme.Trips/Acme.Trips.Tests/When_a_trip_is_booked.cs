using Acme.Trips.Contracts;
using NUnit.Framework;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Testing;

namespace Acme.Trips.Tests;

public sealed class When_a_trip_is_booked
{
    private static readonly StartTrip Trip = new("T-1", "Rome", 900);

    [Test]
    public void Should_refund_and_then_cancel_when_there_is_no_voucher()
    {
        var saga = SagaScenario
            .Start(new TripPlan(), Trip)
            .Completes("book_hotel", new HotelBooked("12"))
            .Completes("charge_card")
            .Rejects("print_voucher", "none");
        Assert.That(saga.Compensation<RefundCard>("charge_card").Amount, Is.EqualTo(900));
        Assert.That(saga.CompletesCompensation("charge_card").Compensation<CancelHotel>("book_hotel").City, Is.EqualTo("Rome"));
        Assert.That(saga.CompletesCompensation("book_hotel").State, Is.EqualTo(SagaState.Failed));
    }
}
