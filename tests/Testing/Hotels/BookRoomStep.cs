using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests.Hotels;

/// <summary>A hotel with one room, which it has for all its guests.</summary>
public sealed class Rooms
{
    public int Free { get; set; } = 1;

    public int Scopes { get; set; }

    public DateTimeOffset? BookedAt { get; set; }
}

/// <summary>Made anew for each command.</summary>
public sealed class Bookings
{
    private readonly Rooms rooms;

    public Bookings(Rooms rooms)
    {
        this.rooms = rooms;
        rooms.Scopes++;
    }

    public string? Book(DateTimeOffset now)
    {
        if (rooms.Free == 0)
        {
            return null;
        }

        rooms.BookedAt = now;
        return $"room {rooms.Free--}";
    }

    public void Cancel() => rooms.Free++;
}

public sealed class BookRoomStep(Bookings bookings, TimeProvider clock) : StepHandler<BookHotel, CancelHotel>
{
    public override Task<StepOutcome> Do(BookHotel command, StepContext context) =>
        bookings.Book(clock.GetUtcNow()) is { } room
            ? new StepOutcome.Completed(new HotelBooked(room))
            : new StepOutcome.Rejected("full", "No room is left.");

    public override Task<UndoOutcome> Undo(CancelHotel command, StepContext context)
    {
        bookings.Cancel();
        return new UndoOutcome.Completed();
    }
}
