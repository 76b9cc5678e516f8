using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>What Postgres knows about the past.</summary>
internal sealed class PostgresSagaQueries(NpgsqlDataSource database, OrchestratorNames names) : ISagaQueries
{
    private readonly string historySql = $"""
        select wanted.id, entry.version, entry.data::text, entry.message_id, entry.at from unnest($1, $2) as wanted (id, after)
        cross join lateral (
            select version, data, message_id, at from {names.Schema}.saga_history
            where saga_id = wanted.id and version > wanted.after order by version limit $3
        ) entry order by wanted.id, entry.version
        """;

    private readonly string lagSql = $"select coalesce(now() - min(at), interval '0') from {names.Schema}.saga_changed";

    private readonly string inFlightSql =
        $"select type, state, sum(sagas)::bigint from {names.Schema}.saga_count where state in ('Started', 'Pending', 'Compensating', "
        + $"'Parked') group by type, state";

    public async Task<ILookup<Guid, HistoryRow>> History(
        IReadOnlyCollection<HistoryPlace> places,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var rows = await Read(
            historySql,
            row =>
                (
                    Saga: row.GetGuid(0),
                    Entry: new HistoryRow(
                        row.GetInt32(1),
                        JsonSerializer.Deserialize<HistoryEntry>(row.GetString(2), SagaJson.Options)!,
                        row.IsDBNull(3) ? null : row.GetGuid(3),
                        row.GetFieldValue<DateTimeOffset>(4)
                    )
                ),
            cancellationToken,
            SqlValue.Array(places.Select(place => place.SagaId).ToArray(), NpgsqlDbType.Uuid),
            SqlValue.Array(places.Select(place => place.AfterVersion).ToArray(), NpgsqlDbType.Integer),
            new() { Value = limit }
        );
        return rows.ToLookup(row => row.Saga, row => row.Entry);
    }

    public async Task<TimeSpan> SummariesLag(CancellationToken cancellationToken) =>
        (await Read(lagSql, row => row.GetTimeSpan(0), cancellationToken))[0];

    public Task<IReadOnlyList<InFlightCount>> CountInFlight(CancellationToken cancellationToken) =>
        Read(inFlightSql, row => new InFlightCount(row.GetString(0), row.GetString(1), row.GetInt64(2)), cancellationToken);

    private async Task<IReadOnlyList<T>> Read<T>(
        string sql,
        Func<NpgsqlDataReader, T> map,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.Rows(row => map(row), cancellationToken);
    }
}
