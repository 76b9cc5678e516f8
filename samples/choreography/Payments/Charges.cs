using System.Globalization;
using SagaOrchestrator.Choreography.Events;
using SagaOrchestrator.Choreography.Hosting;
using SagaOrchestrator.Messages.Orders.OrderFulfillment;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Choreography.Payments;

/// <summary>
/// Charges the card of an order whose stock is reserved, and gives the money back when it cannot be shipped. Nobody watches for how long
/// that takes, so it gives up by itself.
/// </summary>
internal sealed class Charges(Gateway gateway, PaymentsOptions options)
{
    private const string Schema = "choreo_payments";

    public static Service Service { get; } =
        new(
            Schema,
            Publishes: [typeof(PaymentTaken), typeof(PaymentRejected), typeof(PaymentRefunded)],
            Reads: [typeof(StockReserved), typeof(ShipmentRejected)],
            (reactions, database, configuration) =>
            {
                var charges = new Charges(new Gateway(database.Source, Schema), PaymentsOptions.Read(configuration));
                reactions
                    .On<StockReserved, Answer>(
                        (reserved, cancellationToken) => charges.Charge(reserved.Order, cancellationToken),
                        (reserved, answer, reaction) => Record(reserved.Order, answer, reaction)
                    )
                    .On<ShipmentRejected, bool>(
                        (rejected, cancellationToken) => charges.Refund(rejected.OrderId, cancellationToken),
                        (rejected, _, reaction) => Refunded(rejected, reaction)
                    );
            }
        );

    private async Task<Answer> Charge(StartOrderFulfillment order, CancellationToken cancellationToken)
    {
        if (order.Total > options.CardLimit)
        {
            return new Answer(
                "card_limit_exceeded",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{order.Total:0.00} {order.Currency} is above the card limit of {options.CardLimit:0.00}."
                )
            );
        }

        for (var attempt = 1; attempt <= options.Attempts; attempt++)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(options.GatewayPatience);
            try
            {
                return await gateway.Charge(order.OrderId, order.PaymentMethod.Token, order.Total, patience.Token)
                    ? Answer.Taken
                    : new Answer("card_declined", "The gateway declined the card. No money was taken.");
            }
            catch (Exception exception)
                when (exception is GatewayException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // Nobody knows whether it was taken. The key makes it the same charge the next time.
            }
        }

        await Refund(order.OrderId, cancellationToken);
        return new Answer("timeout", "The gateway did not answer. What it may have taken is given back.");
    }

    private async Task<bool> Refund(string order, CancellationToken cancellationToken)
    {
        try
        {
            return await gateway.Refund(order, cancellationToken);
        }
        catch (GatewayException exception) when (exception.IsFinal)
        {
            // The event waits among the dead letters for somebody who has the card refunded, and sends it back.
            throw new RefusedMessageException("refund-refused", $"Order '{order}': {exception.Message} Refund it by hand, then redrive.");
        }
        catch (GatewayException exception)
        {
            throw new TransientException($"Order '{order}': {exception.Message} It is asked again.", exception);
        }
    }

    private static async Task Record(StartOrderFulfillment order, Answer answer, Reaction reaction)
    {
        var isTaken = answer == Answer.Taken;
        var isNew = await reaction.Write(
            $"insert into {Schema}.payment (order_id, state, amount) values ($1, $2, $3) on conflict do nothing",
            order.OrderId,
            isTaken ? "taken" : "rejected",
            isTaken ? order.Total : 0m
        );
        if (isNew == 0)
        {
            return;
        }

        if (!isTaken)
        {
            reaction.Publish(new PaymentRejected(order.OrderId, answer.Code, answer.Reason), order.OrderId);
            return;
        }

        await reaction.Write(
            $"insert into {Schema}.ledger_entry (order_id, kind, amount, currency) values ($1, 'charge', $2, $3)",
            order.OrderId,
            order.Total,
            order.Currency
        );
        reaction.Publish(new PaymentTaken(order), order.OrderId);
    }

    private static async Task Refunded(ShipmentRejected rejected, Reaction reaction)
    {
        var isNew = await reaction.Write(
            $"update {Schema}.payment set state = 'refunded' where order_id = $1 and state = 'taken'",
            rejected.OrderId
        );
        if (isNew == 0)
        {
            return;
        }

        await reaction.Write(
            $"""
            insert into {Schema}.ledger_entry (order_id, kind, amount, currency)
            select order_id, 'refund', amount, currency from {Schema}.ledger_entry where order_id = $1 and kind = 'charge'
            """,
            rejected.OrderId
        );
        reaction.Publish(new PaymentRefunded(rejected.OrderId, rejected.Code, rejected.Reason), rejected.OrderId);
    }

    /// <summary>Why no money was taken; empty when it was.</summary>
    private sealed record Answer(string Code, string Reason)
    {
        public static Answer Taken { get; } = new(string.Empty, string.Empty);
    }
}
