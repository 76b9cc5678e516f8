using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Participants.EntityFrameworkCore;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>One effect.</summary>
internal sealed class Effect
{
    public required Guid SagaId { get; init; }

    public required string Step { get; init; }

    public required string Direction { get; init; }

    public required string Reference { get; init; }
}

/// <summary>The first participant's effects.</summary>
internal sealed class EffectsContext(DbContextOptions<EffectsContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Effect>(effect =>
        {
            effect.ToTable("effect", Steps.All[0].Participant);
            effect.HasKey(row => new
            {
                row.SagaId,
                row.Step,
                row.Direction,
            });
            effect.Property(row => row.SagaId).HasColumnName("saga_id");
            effect.Property(row => row.Step).HasColumnName("step");
            effect.Property(row => row.Direction).HasColumnName("direction");
            effect.Property(row => row.Reference).HasColumnName("reference");
        });
}

/// <summary>The same as <see cref="EffectStep"/>, through a context.</summary>
internal sealed class EffectsContextStep(EffectsContext effects) : DbContextStepHandler<EffectsContext, DoStep, UndoStep>(effects)
{
    public override Task<StepOutcome> Do(DoStep command, EffectsContext db, ReadingStepContext context)
    {
        if (Carrier.Rejects(command.Content))
        {
            return new StepOutcome.Rejected(Carrier.Code, Carrier.Reason);
        }

        var answer = command.Content.Answer();
        Add(db, context, "do", answer);
        return new StepOutcome.Completed(new StepDone(answer));
    }

    public override Task<UndoOutcome> Undo(UndoStep command, EffectsContext db, ReadingStepContext context)
    {
        Add(db, context, "undo", command.OrderId);
        return new UndoOutcome.Completed();
    }

    private static void Add(EffectsContext db, ReadingStepContext context, string direction, string reference) =>
        db.Add(
            new Effect
            {
                SagaId = context.SagaId,
                Step = context.Step,
                Direction = direction,
                Reference = reference,
            }
        );
}
