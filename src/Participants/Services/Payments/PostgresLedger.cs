using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Services.Payments;

internal sealed class PostgresLedger(string schema) : ILedger
{
    public Task Charge(CommitScope scope, LedgerEntry entry, CancellationToken cancellationToken) =>
        Append(scope, entry, "charge", "charged", cancellationToken);

    public Task Refund(CommitScope scope, LedgerEntry entry, CancellationToken cancellationToken) =>
        Append(scope, entry, "refund", "refunded", cancellationToken);

    private async Task Append(CommitScope scope, LedgerEntry entry, string kind, string column, CancellationToken cancellationToken)
    {
        await using var command = ((PostgresScope)scope).Command(
            $"""
            with entry as (
                insert into {schema}.ledger_entry (saga_id, order_id, customer_id, kind, amount, currency, gateway_reference)
                values ($1, $2, $3, '{kind}', $4, $5, $6)
                on conflict do nothing
                returning customer_id, amount)
            insert into {schema}.account as a (customer_id, {column})
            select customer_id, amount from entry
            on conflict (customer_id) do update set {column} = a.{column} + excluded.{column}
            """,
            entry.SagaId, entry.OrderId, entry.CustomerId, entry.Amount, entry.Currency, entry.GatewayReference);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
