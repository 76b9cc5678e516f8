using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Participants.EntityFrameworkCore;
using SagaOrchestrator.Participants.Steps;
using Trips.Contracts;

namespace Hotels;

/// <summary>Books a room. What the context saves is committed once for each saga, together with the reply.</summary>
public sealed class BookHotelStep(BookingContext bookings) : DbContextStepHandler<BookingContext, BookHotel, CancelHotel>(bookings)
{
    public override Task<StepOutcome> Do(BookHotel command, BookingContext db, ReadingStepContext context)
    {
        if (command.City == "Nowhere")
        {
            return new StepOutcome.Rejected("no_hotel", "There is no hotel in Nowhere.");
        }

        db.Bookings.Add(new Booking { SagaId = context.SagaId, City = command.City });
        return new StepOutcome.Completed(new HotelBooked("12"));
    }

    public override async Task<UndoOutcome> Undo(CancelHotel command, BookingContext db, ReadingStepContext context)
    {
        var booking = await db.Bookings.SingleAsync(booking => booking.SagaId == context.SagaId, context.CancellationToken);
        booking.CancelledAt = DateTimeOffset.UtcNow;
        return new UndoOutcome.Completed();
    }
}
