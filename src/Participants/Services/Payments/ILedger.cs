using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Services.Payments;

/// <summary>Accounts, and the immutable ledger of what was charged and refunded.</summary>
internal interface ILedger
{
    /// <summary>Records a charge, unless this saga's is recorded already.</summary>
    Task Charge(CommitScope scope, LedgerEntry entry, CancellationToken cancellationToken);

    /// <summary>Records a refund, unless this saga's is recorded already.</summary>
    Task Refund(CommitScope scope, LedgerEntry entry, CancellationToken cancellationToken);
}

internal sealed record LedgerEntry(Guid SagaId, string OrderId, string CustomerId, decimal Amount, string Currency, string GatewayReference);
