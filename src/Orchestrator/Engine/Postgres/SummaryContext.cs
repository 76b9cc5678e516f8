using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SagaOrchestrator.Engine.Feeds;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Summaries and what hangs on them, to be read.</summary>
internal sealed class SummaryContext(DbContextOptions<SummaryContext> options) : DbContext(options)
{
    public DbSet<SagaSummary> Summaries => Set<SagaSummary>();

    public DbSet<IndexedColumn> Columns => Set<IndexedColumn>();

    public DbSet<SagaOutcome> Outcomes => Set<SagaOutcome>();
    public DbSet<LetterOfSaga> Letters => Set<LetterOfSaga>();

    public DbSet<StateCount> Counts => Set<StateCount>();

    public DbSet<TimerCount> Timers => Set<TimerCount>();

    public static DbContextOptions<SummaryContext> On(ReadDatabase database) =>
        new DbContextOptionsBuilder<SummaryContext>()
            .UseNpgsql(database.Source)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .Options;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // The schema is the connection's search path: two orchestrators of one process have schemas of their own, and one model.
        modelBuilder.Entity<SagaSummary>(Map);
        modelBuilder.Entity<IndexedColumn>().ToTable("saga_column").HasKey(column => new { column.SagaId, column.Name });
        modelBuilder.Entity<SagaOutcome>().ToTable("saga_outcome").HasKey(outcome => outcome.SagaId);
        modelBuilder.Entity<SagaOutcome>().Property(outcome => outcome.Columns).HasColumnType("jsonb");
        modelBuilder.Entity<LetterOfSaga>().ToTable("dead_letter").HasKey(letter => letter.Id);
        modelBuilder
            .Entity<StateCount>()
            .ToTable("saga_count")
            .HasKey(count => new
            {
                count.Type,
                count.PlanVersion,
                count.State,
            });
        modelBuilder
            .Entity<FlowRow>()
            .ToTable("saga_statistic")
            .HasKey(row => new
            {
                row.Span,
                row.BeginsAt,
                row.Type,
            });
        modelBuilder
            .Entity<FailureRow>()
            .ToTable("saga_statistic_failure")
            .HasKey(row => new
            {
                row.Span,
                row.BeginsAt,
                row.Type,
                row.Step,
                row.Code,
            });
        modelBuilder
            .Entity<DurationRow>()
            .ToTable("saga_statistic_duration")
            .HasKey(row => new
            {
                row.Span,
                row.BeginsAt,
                row.Type,
                row.State,
            });
        modelBuilder
            .Entity<AmountRow>()
            .ToTable("saga_statistic_amount")
            .HasKey(row => new
            {
                row.Span,
                row.BeginsAt,
                row.Type,
                row.State,
                row.Name,
                row.Currency,
            });
        modelBuilder
            .Entity<AnswerRow>()
            .ToTable("saga_statistic_answer")
            .HasKey(row => new
            {
                row.Hour,
                row.Type,
                row.Participant,
                row.Outcome,
                row.Bucket,
            });
        modelBuilder.Entity<TimerCount>().ToTable("saga_timer").HasKey(timer => new { timer.Hour, timer.Type });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            if (property.ClrType == typeof(Span))
            {
                property.SetProviderClrType(typeof(string));
            }
        }
    }

    private static void Map(EntityTypeBuilder<SagaSummary> summary)
    {
        summary.ToTable("saga_summary").HasKey(saga => saga.Id);
        summary.Property(saga => saga.Columns).HasColumnType("jsonb");
        summary
            .Property(saga => saga.Compensated)
            .HasColumnType("json")
            .HasConversion(
                steps => JsonSerializer.Serialize(steps, JsonSerializerOptions.Default),
                text => JsonSerializer.Deserialize<string[]>(text, JsonSerializerOptions.Default)!
            );
    }
}

/// <summary>What an indexed column of a saga holds.</summary>
internal sealed class IndexedColumn
{
    public Guid SagaId { get; init; }

    public string Name { get; init; } = string.Empty;

    public string? TextValue { get; init; }

    public decimal? NumberValue { get; init; }

    public DateTimeOffset? TimeValue { get; init; }
}

/// <summary>To which saga a dead letter belongs, and where it stands.</summary>
internal sealed class LetterOfSaga
{
    public Guid Id { get; init; }

    public Guid? SagaId { get; init; }

    public string State { get; init; } = string.Empty;
}

/// <summary>How many sagas of a plan version are in a state.</summary>
internal sealed class StateCount
{
    public string Type { get; init; } = string.Empty;

    public int PlanVersion { get; init; }

    public string State { get; init; } = string.Empty;

    public long Sagas { get; init; }
}
