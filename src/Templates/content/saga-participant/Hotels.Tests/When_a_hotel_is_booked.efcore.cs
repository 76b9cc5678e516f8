using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using SagaOrchestrator.Messages;
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
        await using var bookings = Bookings();
        var outcome = await new BookHotelStep(bookings).Do(new BookHotel("Rome"), bookings, test.Reading());
        Assert.That(outcome, Is.EqualTo(new StepOutcome.Completed(new HotelBooked("12"))));
        Assert.That(bookings.Bookings.Local.Single().City, Is.EqualTo("Rome"));
    }

    [Test]
    public async Task Should_refuse_where_there_is_no_room()
    {
        var test = new StepTest();
        await using var bookings = Bookings();
        var outcome = await new BookHotelStep(bookings).Do(new BookHotel("Nowhere"), bookings, test.Reading());
        Assert.That(outcome, Is.TypeOf<StepOutcome.Rejected>());
        Assert.That(bookings.Bookings.Local, Is.Empty);
    }

    [Test]
    public async Task Should_cancel_the_booking_of_its_saga()
    {
        var test = new StepTest();
        await using var bookings = Bookings();
        bookings.Bookings.Add(new Booking { SagaId = test.SagaId, City = "Rome" });
        await bookings.SaveChangesAsync();
        var outcome = await new BookHotelStep(bookings).Undo(new CancelHotel("Rome"), bookings, test.Reading(CommandDirection.Undo));
        Assert.That(outcome, Is.TypeOf<UndoOutcome.Completed>());
        Assert.That(bookings.Bookings.Local.Single().CancelledAt, Is.Not.Null);
    }

    private static BookingContext Bookings() =>
        new(new DbContextOptionsBuilder<BookingContext>().UseInMemoryDatabase(Guid.NewGuid().ToString()).Options);
}
