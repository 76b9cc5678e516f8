using Microsoft.EntityFrameworkCore;

namespace Acme.Cards;

/// <summary>Money that was taken. The table has no key by saga, so that a card that is charged twice is seen.</summary>
public sealed class Charge
{
    public long Id { get; set; }

    public Guid SagaId { get; set; }

    public decimal Amount { get; set; }

    public DateTimeOffset? RefundedAt { get; set; }
}

public sealed class ChargeContext(DbContextOptions<ChargeContext> options) : DbContext(options)
{
    public DbSet<Charge> Charges => Set<Charge>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Charge>(charge =>
        {
            charge.ToTable("charge", "cards");
            charge.Property(each => each.Id).HasColumnName("id");
            charge.Property(each => each.SagaId).HasColumnName("saga_id");
            charge.Property(each => each.Amount).HasColumnName("amount");
            charge.Property(each => each.RefundedAt).HasColumnName("refunded_at");
        });
}
