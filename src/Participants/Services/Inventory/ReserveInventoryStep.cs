using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Inventory;

/// <summary>Reserves all lines of an order, or none.</summary>
internal sealed class ReserveInventoryStep(IStock stock) : ReadingStepHandler<ReserveItems, ReleaseReservation>
{
    public override async Task<StepOutcome> Do(ReserveItems command, ReadingStepContext context)
    {
        if (command.Lines is not { Count: > 0 } || command.Lines.Any(line => line.Quantity < 1))
        {
            return new StepOutcome.Rejected("invalid_lines", "A reservation needs lines, each of 1 unit or more.");
        }

        var answer = await stock.Reserve(context, command.OrderId, command.Lines);
        if (answer.UnknownProducts.Count > 0)
        {
            return new StepOutcome.Rejected("unknown_product", $"There is no product {string.Join(", ", answer.UnknownProducts)}.");
        }

        return answer.Shortages.Count > 0
            ? new StepOutcome.Rejected(
                "insufficient_stock",
                string.Join(
                    " ",
                    answer.Shortages.Select(shortage =>
                        $"Product {shortage.ProductId}: {shortage.Wanted} wanted, {shortage.Available} available."
                    )
                )
            )
            : new StepOutcome.Completed(new ItemsReserved($"R-{context.SagaId:N}", command.Lines.Sum(line => line.Quantity)));
    }

    public override async Task<UndoOutcome> Undo(ReleaseReservation command, ReadingStepContext context)
    {
        await stock.Release(context);
        return new UndoOutcome.Completed();
    }
}
