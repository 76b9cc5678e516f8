using Npgsql;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Reads what a command finds.</summary>
internal static class CommandRows
{
    public static async Task<List<T>> Rows<T>(
        this NpgsqlCommand command,
        Func<NpgsqlDataReader, T> map,
        CancellationToken cancellationToken
    )
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await row.ReadAsync(cancellationToken))
        {
            rows.Add(map(row));
        }

        return rows;
    }
}
