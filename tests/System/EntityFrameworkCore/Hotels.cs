using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.EntityFrameworkCore;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Tests.EntityFrameworkCore;

/// <summary>Executes the step.</summary>
public sealed record BookRooms(string City, int Rooms) : SagaCommand;

/// <summary>Undoes it.</summary>
public sealed record CancelRooms : SagaCommand;

/// <summary>What the step answers.</summary>
public sealed record RoomsBooked(int Left);

internal sealed class Hotel
{
    public required string City { get; init; }

    public int Rooms { get; set; }

    public uint Version { get; init; }
}

internal sealed class Booking
{
    public Guid SagaId { get; init; }

    public required string Note { get; init; }

    public int Rooms { get; init; }
}

/// <summary>A team's own context, beside the kit's tables.</summary>
internal sealed class HotelsContext(DbContextOptions<HotelsContext> options) : DbContext(options)
{
    public DbSet<Hotel> Hotels => Set<Hotel>();

    public DbSet<Booking> Bookings => Set<Booking>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(HotelsParticipant.Name);
        modelBuilder.Entity<Hotel>(hotel =>
        {
            hotel.HasKey(row => row.City);
            hotel.Property(row => row.Version).IsRowVersion();
        });
        modelBuilder.Entity<Booking>().HasKey(row => new { row.SagaId, row.Note });
    }
}

/// <summary>What a saga's step does instead of booking.</summary>
internal sealed class Instead
{
    public ConcurrentDictionary<Guid, Func<HotelsContext, ReadingStepContext, Task<StepOutcome>>> Do { get; } = new();

    public ConcurrentDictionary<Guid, Func<HotelsContext, ReadingStepContext, Task<UndoOutcome>>> Undo { get; } = new();
}

/// <summary>Books rooms, as a team would write it.</summary>
internal sealed class BookRoomsStep(HotelsContext hotels, Instead instead)
    : DbContextStepHandler<HotelsContext, BookRooms, CancelRooms>(hotels)
{
    public override Task<StepOutcome> Do(BookRooms command, HotelsContext db, ReadingStepContext context) =>
        instead.Do.TryGetValue(context.SagaId, out var other) ? other(db, context) : Book(command, db, context);

    public override Task<UndoOutcome> Undo(CancelRooms command, HotelsContext db, ReadingStepContext context) =>
        instead.Undo.TryGetValue(context.SagaId, out var other) ? other(db, context) : Cancel(db, context);

    public static async Task<StepOutcome> Book(BookRooms command, HotelsContext db, ReadingStepContext context)
    {
        var hotel = await db.Hotels.SingleAsync(row => row.City == command.City, context.CancellationToken);
        hotel.Rooms -= command.Rooms;
        db.Bookings.Add(
            new Booking
            {
                SagaId = context.SagaId,
                Note = command.City,
                Rooms = command.Rooms,
            }
        );
        return hotel.Rooms >= 0
            ? new StepOutcome.Completed(new RoomsBooked(hotel.Rooms))
            : new StepOutcome.Rejected("full", "No room is left.");
    }

    private static async Task<UndoOutcome> Cancel(HotelsContext db, ReadingStepContext context)
    {
        foreach (var booking in await db.Bookings.Where(row => row.SagaId == context.SagaId).ToListAsync(context.CancellationToken))
        {
            (await db.Hotels.SingleAsync(row => row.City == booking.Note, context.CancellationToken)).Rooms += booking.Rooms;
            db.Remove(booking);
        }

        return new UndoOutcome.Completed();
    }
}
