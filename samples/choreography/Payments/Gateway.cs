using Npgsql;

namespace SagaOrchestrator.Choreography.Payments;

/// <summary>
/// A payment gateway as its sandbox would be: idempotent by key, with the test tokens of the orchestrated example. It stands for somebody
/// outside, so its book is written beside the service's transaction.
/// </summary>
internal sealed class Gateway(NpgsqlDataSource database, string schema)
{
    private readonly string charge = $"""
        insert into {schema}.gateway_charge as g (idempotency_key, token, amount, attempts, state)
        values ($1, $2, $3, 1, case when $2 in ('tok_declined', 'tok_flaky') then 'attempted' else 'charged' end)
        on conflict (idempotency_key) do update set
            attempts = g.attempts + 1,
            state = case when g.token = 'tok_flaky' and g.state = 'attempted' and g.attempts >= 2 then 'charged' else g.state end
        returning state, attempts
        """;

    private readonly string refund = $"""
        insert into {schema}.gateway_charge as g (idempotency_key, state) values ($1, 'voided')
        on conflict (idempotency_key) do update set
            refunds = g.refunds + 1,
            state = case
                when g.state = 'attempted' then 'voided'
                when g.state = 'charged' and (g.token = 'tok_norefund' or (g.token = 'tok_refund_later' and g.refunds < 4)) then 'charged'
                when g.state = 'charged' then 'refunded'
                else g.state end
        returning state, coalesce(token, '')
        """;

    /// <summary>Takes money, once per key.</summary>
    /// <returns>Whether it was taken; false when the card is declined.</returns>
    /// <exception cref="GatewayException">Nobody knows whether it was taken.</exception>
    /// <exception cref="OperationCanceledException">The gateway did not answer in time.</exception>
    public async Task<bool> Charge(string key, string token, decimal amount, CancellationToken cancellationToken)
    {
        var (state, attempts) = await Ask(charge, row => (row.GetString(0), row.GetInt32(1)), cancellationToken, key, token, amount);
        if (token == "tok_timeout" || (token == "tok_answers_later" && attempts == 1))
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return token == "tok_flaky" && state == "attempted"
            ? throw new GatewayException("The gateway failed (HTTP 502) and did not say whether the charge was made.", isFinal: false)
            : state == "charged";
    }

    /// <summary>Gives back what was taken under a key, and refuses charges under it from now on.</summary>
    /// <returns>Whether there was something to give back.</returns>
    /// <exception cref="GatewayException">It is not given back.</exception>
    public async Task<bool> Refund(string key, CancellationToken cancellationToken)
    {
        var (state, token) = await Ask(refund, row => (row.GetString(0), row.GetString(1)), cancellationToken, key);
        return state switch
        {
            "charged" when token == "tok_norefund" => throw new GatewayException(
                "The gateway refuses to refund this card (HTTP 409).",
                isFinal: true
            ),
            "charged" => throw new GatewayException("The gateway cannot refund now (HTTP 503).", isFinal: false),
            _ => state == "refunded",
        };
    }

    private async Task<T> Ask<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return read(row);
    }
}

/// <summary>The gateway did not do what it was asked, or did not say.</summary>
internal sealed class GatewayException(string message, bool isFinal) : Exception(message)
{
    /// <summary>Whether asking again is of no use.</summary>
    public bool IsFinal { get; } = isFinal;
}
