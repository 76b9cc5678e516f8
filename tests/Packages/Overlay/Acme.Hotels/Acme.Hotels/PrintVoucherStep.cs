using Acme.Trips.Contracts;
using SagaOrchestrator.Participants.Steps;

namespace Acme.Hotels;

/// <summary>Prints a voucher. The table has no key, so that one that is printed twice is seen.</summary>
public sealed class PrintVoucherStep : StepHandler<PrintVoucher, VoidVoucher>
{
    public override Task<StepOutcome> Do(PrintVoucher command, StepContext context)
    {
        if (command.City == "Atlantis")
        {
            return new StepOutcome.Rejected("no_voucher", "Nobody takes a voucher in Atlantis.");
        }

        context.Database.Insert("hotels.voucher", ("saga_id", context.SagaId));
        return new StepOutcome.Completed();
    }

    public override Task<UndoOutcome> Undo(VoidVoucher command, StepContext context)
    {
        context.Database.Write("delete from hotels.voucher where saga_id = $1", context.SagaId);
        return new UndoOutcome.Completed();
    }
}
