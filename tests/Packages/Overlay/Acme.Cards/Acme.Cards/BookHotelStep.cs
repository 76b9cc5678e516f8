using Acme.Trips.Contracts;
using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Participants.EntityFrameworkCore;
using SagaOrchestrator.Participants.Steps;

namespace Acme.Cards;

/// <summary>Takes the money once for each saga.</summary>
public sealed class ChargeCardStep(ChargeContext charges) : DbContextStepHandler<ChargeContext, ChargeCard, RefundCard>(charges)
{
    public override Task<StepOutcome> Do(ChargeCard command, ChargeContext db, ReadingStepContext context)
    {
        if (command.Amount > 1000)
        {
            return new StepOutcome.Rejected("declined", "The card does not give so much.");
        }

        db.Charges.Add(new Charge { SagaId = context.SagaId, Amount = command.Amount });
        return new StepOutcome.Completed();
    }

    public override async Task<UndoOutcome> Undo(RefundCard command, ChargeContext db, ReadingStepContext context)
    {
        var charge = await db.Charges.SingleAsync(each => each.SagaId == context.SagaId, context.CancellationToken);
        charge.RefundedAt = DateTimeOffset.UtcNow;
        return new UndoOutcome.Completed();
    }
}
