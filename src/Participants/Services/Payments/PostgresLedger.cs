using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Payments;

internal sealed class PostgresLedger(string schema) : ILedger
{
    private readonly string charge = $"""
        with entry as ({Append(schema, "charge")})
        insert into {schema}.account as a (customer_id, charged)
        select customer_id, amount from entry
        on conflict (customer_id) do update set charged = a.charged + excluded.charged
        """;

    private readonly string refund = $"""
        with entry as ({Append(schema, "refund")})
        update {schema}.account as a set refunded = a.refunded + entry.amount
        from entry where a.customer_id = entry.customer_id
        """;

    public void Charge(StepContext context, LedgerEntry entry) => Write(context, charge, entry);

    public void Refund(StepContext context, LedgerEntry entry) => Write(context, refund, entry);

    private static string Append(string schema, string kind) =>
        $"""
            insert into {schema}.ledger_entry (saga_id, order_id, customer_id, kind, amount, currency, gateway_reference)
            values ($1, $2, $3, '{kind}', $4, $5, $6)
            on conflict do nothing
            returning customer_id, amount
            """;

    private static void Write(StepContext context, string sql, LedgerEntry entry) =>
        context.Database.Write(sql, entry.SagaId, entry.OrderId, entry.CustomerId, entry.Amount, entry.Currency, entry.GatewayReference);
}
