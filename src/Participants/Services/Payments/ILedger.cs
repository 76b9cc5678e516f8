using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Payments;

/// <summary>Accounts, and the immutable ledger of what was charged and refunded.</summary>
internal interface ILedger
{
    /// <summary>Records a charge, unless this saga's is recorded already.</summary>
    void Charge(StepContext context, LedgerEntry entry);

    /// <summary>Records a refund, unless this saga's is recorded already.</summary>
    void Refund(StepContext context, LedgerEntry entry);
}

internal sealed record LedgerEntry(
    Guid SagaId,
    string OrderId,
    string CustomerId,
    decimal Amount,
    string Currency,
    string GatewayReference
);
