using System.Globalization;
using SagaOrchestrator.Intake.Values;
using SagaOrchestrator.Messages.Orders.Payments;
using SagaOrchestrator.Participants.Services.Payments.Gateway;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Payments;

/// <summary>Charges a card at the gateway and records it in the ledger.</summary>
internal sealed class ProcessPaymentStep(SandboxGateway gateway, ILedger ledger, PaymentsOptions options)
    : ExternalStepHandler<ProcessPayment, RefundPayment, GatewayCharge?, GatewayCharge>
{
    // Null when the limit alone decides and the gateway is not asked.
    public override async Task<GatewayCharge?> CallDo(ProcessPayment command, StepCall call)
    {
        if (command.Amount > options.CardLimit || !IsChargeable(command))
        {
            return null;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken);
        patience.CancelAfter(options.GatewayPatience);
        return await gateway.Charge(Key(call.SagaId), command.PaymentToken, command.Amount, command.Currency, patience.Token);
    }

    public override Task<StepOutcome> Do(ProcessPayment command, GatewayCharge? done, StepContext context)
    {
        if (!IsChargeable(command))
        {
            return new StepOutcome.Rejected(
                "invalid_amount",
                "A charge is of more than zero, in a currency of ISO 4217 and with its decimals."
            );
        }

        if (done is null)
        {
            return new StepOutcome.Rejected(
                "card_limit_exceeded",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{command.Amount:0.00} {command.Currency} is above the card limit of {options.CardLimit:0.00}."
                )
            );
        }

        if (done.State != ChargeState.Charged)
        {
            return new StepOutcome.Rejected("card_declined", "The gateway declined the card. No money was taken.");
        }

        ledger.Charge(context, Entry(context.SagaId, command.OrderId, command.CustomerId, done));
        return new StepOutcome.Completed(new PaymentProcessed($"P-{context.SagaId:N}", done.Reference));
    }

    public override Task<GatewayCharge> CallUndo(RefundPayment command, StepCall call) =>
        gateway.Refund(Key(call.SagaId), call.CancellationToken);

    public override Task<UndoOutcome> Undo(RefundPayment command, GatewayCharge undone, StepContext context)
    {
        if (undone.State == ChargeState.Refunded)
        {
            // A charge whose outcome stayed unknown to us was not recorded; the ledger shows both.
            var entry = Entry(context.SagaId, command.OrderId, command.CustomerId, undone);
            ledger.Charge(context, entry);
            ledger.Refund(context, entry);
        }

        return new UndoOutcome.Completed();
    }

    public override StepOutcome Explain(Exception exception) =>
        exception is OperationCanceledException ? new StepOutcome.NoAnswer() : new StepOutcome.Faulted("gateway_error", exception.Message);

    private static bool IsChargeable(ProcessPayment command) =>
        command.Amount > 0 && Currencies.DecimalsOf(command.Currency) is { } decimals && Decimals.Of(command.Amount) <= decimals;

    private static string Key(Guid sagaId) => sagaId.ToString();

    private static LedgerEntry Entry(Guid sagaId, string orderId, string customerId, GatewayCharge charge) =>
        new(sagaId, orderId, customerId, charge.Amount, charge.Currency!, charge.Reference);
}
