using SagaOrchestrator.Messages.Inventory;
using SagaOrchestrator.Outbox.Units;
using SagaOrchestrator.Participants.Kit.Steps;

namespace SagaOrchestrator.Participants.Services.Inventory;

/// <summary>Reserves all lines of an order, or none.</summary>
internal sealed class ReserveInventoryStep(IStock stock) : SagaStep<ReserveItems, ReleaseReservation>
{
    public override async Task<StepOutcome> Do(ReserveItems command, CommitScope scope, CancellationToken cancellationToken)
    {
        if (command.Lines is not { Count: > 0 } || command.Lines.Any(line => line.Quantity < 1))
        {
            return new StepOutcome.Rejected("invalid_lines", "A reservation needs lines, each of 1 unit or more.");
        }

        var sagaId = command.Saga!.SagaId;
        var answer = await stock.Reserve(scope, sagaId, command.OrderId, command.Lines, cancellationToken);
        if (answer.UnknownProducts.Count > 0)
        {
            return new StepOutcome.Rejected("unknown_product", $"There is no product {string.Join(", ", answer.UnknownProducts)}.");
        }

        return answer.Shortages.Count > 0
            ? new StepOutcome.Rejected("insufficient_stock", string.Join(" ", answer.Shortages.Select(shortage =>
                $"Product {shortage.ProductId}: {shortage.Wanted} wanted, {shortage.Available} available.")))
            : new StepOutcome.Completed(new ItemsReserved($"R-{sagaId:N}", command.Lines.Sum(line => line.Quantity)));
    }

    public override async Task<UndoOutcome> Undo(ReleaseReservation command, CommitScope scope, CancellationToken cancellationToken)
    {
        await stock.Release(scope, command.Saga!.SagaId, cancellationToken);
        return new UndoOutcome.Completed();
    }
}
