using Npgsql;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Participants.Services.Payments.Gateway;

internal sealed class PostgresGatewayBook(NpgsqlDataSource database, string schema) : IGatewayBook
{
    private readonly string enter = $"""
        insert into {schema}.gateway_charge as g (idempotency_key, state) values ($1, 'attempted')
        on conflict (idempotency_key) do update set state = g.state
        returning state, attempts, token, amount, currency
        """;

    private readonly string save =
        $"update {schema}.gateway_charge set state = $2, attempts = $3, token = $4, amount = $5, currency = $6 where idempotency_key = $1";

    public async Task<GatewayCharge> Change(string key, Func<GatewayCharge, GatewayCharge> change, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = change(await Enter(connection, key, cancellationToken));
        await using var command = new NpgsqlCommand(save, connection)
        {
            Parameters =
            {
                new() { Value = key },
                new() { Value = changed.State.ToString().ToLowerInvariant() },
                new() { Value = changed.Attempts },
                SqlValue.Text(changed.Token),
                new() { Value = changed.Amount },
                SqlValue.Text(changed.Currency),
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed;
    }

    private async Task<GatewayCharge> Enter(NpgsqlConnection connection, string key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(enter, connection) { Parameters = { new() { Value = key } } };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new GatewayCharge(key)
        {
            State = Enum.Parse<ChargeState>(row.GetString(0), ignoreCase: true),
            Attempts = row.GetInt32(1),
            Token = row.IsDBNull(2) ? null : row.GetString(2),
            Amount = row.GetDecimal(3),
            Currency = row.IsDBNull(4) ? null : row.GetString(4),
        };
    }
}
