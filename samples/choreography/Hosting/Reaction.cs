using Npgsql;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Choreography.Hosting;

/// <summary>
/// What a service does about one message: it writes and publishes in one transaction, which holds the row of the inbox too. A copy under
/// the same id changes nothing; one under another id is for the service's own key to stop.
/// </summary>
internal sealed class Reaction(PostgresScope database, UnitOfWork unit, CancellationToken cancellationToken)
{
    /// <summary>Writes, at once.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> Write(string sql, params object?[] parameters)
    {
        await using var command = database.Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads all rows.</summary>
    public async Task<IReadOnlyList<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] parameters)
    {
        await using var command = database.Command(sql, parameters);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await row.ReadAsync(cancellationToken))
        {
            rows.Add(read(row));
        }

        return rows;
    }

    /// <summary>Publishes an event once the transaction is committed.</summary>
    public void Publish(object happened, string orderId) =>
        unit.Publish(happened, correlationId: null, [new KeyValuePair<string, string>("order-id", orderId)]);
}
