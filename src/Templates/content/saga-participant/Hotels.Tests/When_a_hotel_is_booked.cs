using NUnit.Framework;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Testing.Steps;
using Trips.Contracts;

namespace Hotels.Tests;

public sealed class When_a_hotel_is_booked
{
    [Test]
    public async Task Should_keep_the_booking()
    {
        var test = new StepTest();
        var outcome = await test.Do(new BookHotelStep(), new BookHotel("Rome"));
        Assert.That(outcome, Is.EqualTo(new StepOutcome.Completed(new HotelBooked("12"))));
        Assert.That(test.Inserted.Single()["city"], Is.EqualTo("Rome"));
    }

    [Test]
    public async Task Should_refuse_where_there_is_no_room()
    {
        var test = new StepTest();
        var outcome = await test.Do(new BookHotelStep(), new BookHotel("Nowhere"));
        Assert.That(outcome, Is.TypeOf<StepOutcome.Rejected>());
        Assert.That(test.Inserted, Is.Empty);
    }

    [Test]
    public async Task Should_cancel_the_booking_of_its_saga()
    {
        var test = new StepTest();
        Assert.That(await test.Undo(new BookHotelStep(), new CancelHotel("Rome")), Is.TypeOf<UndoOutcome.Completed>());
        Assert.That(test.Written.Single().Parameters, Is.EqualTo(new object[] { test.SagaId }));
    }
}
