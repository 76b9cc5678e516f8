using Microsoft.EntityFrameworkCore;

namespace Hotels;

/// <summary>A room that is booked.</summary>
public sealed class Booking
{
    public Guid SagaId { get; set; }

    public required string City { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }
}

/// <summary>The team's own context. Its tables are in Schema.</summary>
public sealed class BookingContext(DbContextOptions<BookingContext> options) : DbContext(options)
{
    public DbSet<Booking> Bookings => Set<Booking>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Booking>(booking =>
        {
            booking.ToTable("booking", "participant-name");
            booking.HasKey(each => each.SagaId);
            booking.Property(each => each.SagaId).HasColumnName("saga_id").ValueGeneratedNever();
            booking.Property(each => each.City).HasColumnName("city");
            booking.Property(each => each.CancelledAt).HasColumnName("cancelled_at");
        });
}
