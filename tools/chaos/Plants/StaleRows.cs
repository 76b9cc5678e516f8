using Npgsql;
using SagaOrchestrator.Messaging.Postgres.Groups;

namespace SagaOrchestrator.Chaos.Plants;

/// <summary>Writes a saga without a look at its version.</summary>
internal sealed class StaleRows(IGroupRows rows) : IGroupRows
{
    private const string Check = " and s.version = w.version";

    public string Sql(int first)
    {
        var sql = rows.Sql(first);
        return sql.Contains(Check, StringComparison.Ordinal)
            ? sql.Replace(Check, string.Empty, StringComparison.Ordinal)
            : throw new InvalidOperationException($"The statement has no '{Check}', so the bug cannot be planted this way any more.");
    }

    public IEnumerable<NpgsqlParameter> Parameters(IReadOnlyList<NumberedRow> numbered) => rows.Parameters(numbered);
}
