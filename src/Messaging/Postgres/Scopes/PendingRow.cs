using Npgsql;

namespace SagaOrchestrator.Messaging.Postgres.Scopes;

/// <summary>A row to be inserted when its unit commits.</summary>
internal readonly record struct PendingRow(string Table, string Columns, object[] Values)
{
    /// <summary>Whether rows with this one's columns can be merged; an array would come apart in <c>unnest</c>.</summary>
    public bool IsMergeable => Array.TrueForAll(Values, value => value is byte[] or not (Array or NpgsqlParameter));

    public static PendingRow Of(string table, ReadOnlySpan<(string Column, object Value)> row)
    {
        var (columns, values) = (new string[row.Length], new object[row.Length]);
        for (var index = 0; index < row.Length; index++)
        {
            (columns[index], values[index]) = row[index];
        }

        return new PendingRow(table, string.Join(", ", columns), values);
    }

    /// <summary>This row alone.</summary>
    public PendingStatement Statement() =>
        new($"insert into {Table} ({Columns}) values ({string.Join(", ", Values.Select((_, index) => $"${index + 1}"))})", Values);
}
