using System.Text.Json;
using Npgsql;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>What Postgres knows about the past.</summary>
internal sealed class PostgresSagaQueries(NpgsqlDataSource database, OrchestratorNames names) : ISagaQueries
{
    private readonly string historySql = $"""
        select version, data::text, message_id, at from {names.Schema}.saga_history
        where saga_id = $1 and version > $2 order by version limit $3
        """;

    private readonly string lagSql = $"select coalesce(now() - min(at), interval '0') from {names.Schema}.saga_changed";

    private readonly string inFlightSql =
        $"select coalesce(sum(sagas), 0)::bigint from {names.Schema}.saga_count where state in ('Started', 'Pending', 'Compensating', "
        + $"'Parked')";

    public Task<IReadOnlyList<HistoryRow>> History(Guid sagaId, int afterVersion, int limit, CancellationToken cancellationToken) =>
        Read(
            historySql,
            row => new HistoryRow(
                row.GetInt32(0),
                JsonSerializer.Deserialize<HistoryEntry>(row.GetString(1), SagaJson.Options)!,
                row.IsDBNull(2) ? null : row.GetGuid(2),
                row.GetFieldValue<DateTimeOffset>(3)
            ),
            cancellationToken,
            new() { Value = sagaId },
            new() { Value = afterVersion },
            new() { Value = limit }
        );

    public async Task<TimeSpan> SummariesLag(CancellationToken cancellationToken) =>
        (await Read(lagSql, row => row.GetTimeSpan(0), cancellationToken))[0];

    public async Task<long> CountInFlight(CancellationToken cancellationToken) =>
        (await Read(inFlightSql, row => row.GetInt64(0), cancellationToken))[0];

    private async Task<IReadOnlyList<T>> Read<T>(
        string sql,
        Func<NpgsqlDataReader, T> map,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await row.ReadAsync(cancellationToken))
        {
            rows.Add(map(row));
        }

        return rows;
    }
}
