using NUnit.Framework;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Testing.Steps;
using Trips.Contracts;

namespace Hotels.Tests;

public sealed class When_a_hotel_is_booked
{
    private readonly StepTest test = new();

    [Test]
    public async Task Should_keep_the_booking()
    {
        var outcome = await test.Do(new BookHotelStep(), new BookHotel("Rome"));
        Assert.That(outcome, Is.EqualTo(new StepOutcome.Completed(new HotelBooked("12"))));
        Assert.That(test.Inserted.Single()["city"], Is.EqualTo("Rome"));
    }

    [Test]
    public async Task Should_refuse_a_city_without_hotels()
    {
        var outcome = await test.Do(new BookHotelStep(), new BookHotel("Nowhere"));
        Assert.That(outcome, Is.TypeOf<StepOutcome.Rejected>());
        Assert.That(test.Inserted, Is.Empty);
    }

    [Test]
    public async Task Should_cancel_the_booking_of_its_saga()
    {
        Assert.That(await test.Undo(new BookHotelStep(), new CancelHotel("Rome")), Is.TypeOf<UndoOutcome.Completed>());
        Assert.That(test.Written.Single().Parameters, Is.EqualTo(new object[] { test.SagaId }));
    }
}
