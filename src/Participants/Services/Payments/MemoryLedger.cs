using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Services.Payments;

internal sealed class MemoryLedger : ILedger
{
    private readonly Dictionary<Guid, LedgerEntry> charges = [];
    private readonly Dictionary<Guid, LedgerEntry> refunds = [];

    public decimal Balance => charges.Values.Sum(entry => entry.Amount) - refunds.Values.Sum(entry => entry.Amount);

    public Task Charge(CommitScope scope, LedgerEntry entry, CancellationToken cancellationToken)
    {
        charges.TryAdd(entry.SagaId, entry);
        return Task.CompletedTask;
    }

    public Task Refund(CommitScope scope, LedgerEntry entry, CancellationToken cancellationToken)
    {
        refunds.TryAdd(entry.SagaId, entry);
        return Task.CompletedTask;
    }
}
