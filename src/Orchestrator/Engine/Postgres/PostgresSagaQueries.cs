using System.Text.Json;
using Npgsql;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Reads for the REST API.</summary>
internal sealed class PostgresSagaQueries(NpgsqlDataSource database, OrchestratorNames names) : ISagaQueries
{
    private readonly string listSql =
        $$"""
        select id, type, business_key, state, started_at, ended_at,
               progress #>> '{forwardFailure,step}', progress #>> '{forwardFailure,code}',
               coalesce((select array_agg(step) from json_array_elements_text(progress -> 'compensated') as step), array[]::text[]),
               case when state = 'Parked' then progress::text end
        from {{names.Schema}}.saga
        where ($1::text is null or type = $1)
          and ($2::text is null or state = $2)
          and ($3::uuid[] is null or id = any ($3))
          and ($4::timestamptz is null or (started_at, id) < ($4, $5::uuid))
        order by started_at desc, id desc
        limit $6
        """;

    private readonly string historySql =
        $"""
        select version, data::text, message_id, at from {names.Schema}.saga_history
        where saga_id = $1 and version > $2 order by version limit $3
        """;

    private readonly string summarySql =
        $"select type, state, count(*) from {names.Schema}.saga group by type, state order by type, state";

    private readonly string inFlightSql =
        $"select count(*) from {names.Schema}.saga where state in ('Started', 'Pending', 'Compensating', 'Parked')";

    // A saga's id follows from its type and business key; so a key is one id for each type that there is.
    private readonly string typesSql = $"select distinct type from {names.Schema}.plan_version";

    public async Task<IReadOnlyList<SagaRow>> List(
        SagaFilter filter, SagaCursor? after, int limit, CancellationToken cancellationToken) => await Read(
        listSql,
        row => new SagaRow(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4),
            row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5), TextOf(row, 6), TextOf(row, 7),
            row.GetFieldValue<string[]>(8), TextOf(row, 9) is { } parked ? SagaJson.Stored<SagaProgress>(parked).Stuck : null),
        cancellationToken,
        SqlValue.Text(filter.Type), SqlValue.Text(filter.State), SqlValue.Ids(await IdsOf(filter, cancellationToken)),
        SqlValue.Time(after?.StartedAt), SqlValue.Id(after?.Id),
        new() { Value = limit });

    public Task<IReadOnlyList<HistoryRow>> History(
        Guid sagaId, int afterVersion, int limit, CancellationToken cancellationToken) => Read(
        historySql,
        row => new HistoryRow(
            row.GetInt32(0),
            JsonSerializer.Deserialize<HistoryEntry>(row.GetString(1), SagaJson.Options)!,
            row.IsDBNull(2) ? null : row.GetGuid(2),
            row.GetFieldValue<DateTimeOffset>(3)),
        cancellationToken,
        new() { Value = sagaId }, new() { Value = afterVersion }, new() { Value = limit });

    public Task<IReadOnlyList<SagaCount>> Summarize(CancellationToken cancellationToken) => Read(
        summarySql, row => new SagaCount(row.GetString(0), row.GetString(1), row.GetInt64(2)), cancellationToken);

    public async Task<long> CountInFlight(CancellationToken cancellationToken) =>
        (await Read(inFlightSql, row => row.GetInt64(0), cancellationToken))[0];

    private async Task<Guid[]?> IdsOf(SagaFilter filter, CancellationToken cancellationToken)
    {
        if (filter.BusinessKey is not { } key)
        {
            return null;
        }

        var types = filter.Type is { } type ? [type] : await Read(typesSql, row => row.GetString(0), cancellationToken);
        return [.. types.Select(each => SagaIds.OfSaga(each, key))];
    }

    private static string? TextOf(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private async Task<IReadOnlyList<T>> Read<T>(
        string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
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
