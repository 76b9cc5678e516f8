using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Payments;

internal sealed class MemoryLedger : ILedger
{
    private readonly Dictionary<Guid, LedgerEntry> charges = [];
    private readonly Dictionary<Guid, LedgerEntry> refunds = [];

    public decimal Balance => charges.Values.Sum(entry => entry.Amount) - refunds.Values.Sum(entry => entry.Amount);

    public void Charge(StepContext context, LedgerEntry entry)
    {
        charges.TryAdd(entry.SagaId, entry);
    }

    public void Refund(StepContext context, LedgerEntry entry)
    {
        refunds.TryAdd(entry.SagaId, entry);
    }
}
