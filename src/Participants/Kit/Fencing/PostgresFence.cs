using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Loading;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Participants.Fencing;

/// <summary>
/// Fence rows in Postgres. A unit that is written in a group reads its row without a lock, or takes it for blank when it very likely is;
/// the version check of the write tells when that was wrong. A unit in a transaction of its own locks the row first.
/// </summary>
internal sealed class PostgresFence : IFence
{
    private const string Columns = "do_state, do_reply::text, undo_state, tombstone, do_attempt, version";

    private readonly GroupReader<(Guid SagaId, string Step), FenceRow> reader;
    private readonly string enter;
    private readonly string save;

    public PostgresFence(string schema, NpgsqlDataSource forGroups)
    {
        // The update changes nothing; it locks a row that is there already and returns it.
        enter = $"""
            insert into {schema}.fence as f (saga_id, step) values ($1, $2)
            on conflict (saga_id, step) do update set step = f.step
            returning {Columns}
            """;
        save = $"""
            update {schema}.fence f
            set {Assignments("f", "w")}
            from (values ($1::uuid, $2::text, $3::text, $4::json, $5::text, $6::boolean, $7::int)) as w (saga_id, step, do_state,
                do_reply, undo_state, tombstone, do_attempt)
            where f.saga_id = w.saga_id and f.step = w.step
            """;
        reader = new GroupReader<(Guid SagaId, string Step), FenceRow>(keys =>
            Read(
                forGroups,
                $"""
                select {Columns}, f.saga_id, f.step
                from unnest($1, $2) as wanted (saga_id, step) join {schema}.fence f on f.saga_id = wanted.saga_id and f.step = wanted.step
                """,
                keys
            )
        );
    }

    public async Task<FenceRow> Enter(CommitScope scope, Guid sagaId, string step, bool isFirst, CancellationToken cancellationToken)
    {
        if (scope is GroupScope group)
        {
            return (isFirst && group.IsFirstDelivery ? null : await reader.Read((sagaId, step), cancellationToken))
                ?? new FenceRow(sagaId, step);
        }

        await using var command = ((PostgresScope)scope).Command(enter, sagaId, step);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return Row(row, sagaId, step);
    }

    public async Task Save(CommitScope scope, FenceRow row, CancellationToken cancellationToken)
    {
        if (scope is GroupScope group)
        {
            group.Put(new FenceGroupRow(row));
            return;
        }

        await using var command = ((PostgresScope)scope).Command(
            save,
            row.SagaId,
            row.Step,
            Text(row.Do),
            SqlValue.Text(row.DoReply),
            Text(row.Undo),
            row.Tombstone,
            row.DoAttempt
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What a changed row gets. Positions and times are those of the change.</summary>
    public static string Assignments(string row, string changed) =>
        $"""
                do_at = case when {row}.do_state <> {changed}.do_state then now() else {row}.do_at end,
                do_lsn = case when {row}.do_state <> {changed}.do_state then pg_current_wal_insert_lsn() else {row}.do_lsn end,
                undo_at = case when {row}.undo_state <> {changed}.undo_state then now() else {row}.undo_at end,
                undo_lsn = case when {row}.undo_state <> {changed}.undo_state then pg_current_wal_insert_lsn() else {row}.undo_lsn end,
                do_state = {changed}.do_state, do_reply = {changed}.do_reply, undo_state = {changed}.undo_state,
                    tombstone = {changed}.tombstone,
                do_attempt = {changed}.do_attempt, changed_at = now(), version = {row}.version + 1
            """;

    public static string Text(EffectState state) =>
        state switch
        {
            EffectState.None => "none",
            EffectState.Begun => "begun",
            EffectState.Deferred => "deferred",
            EffectState.Completed => "completed",
            _ => "rejected",
        };

    private static EffectState State(string text) =>
        text switch
        {
            "none" => EffectState.None,
            "begun" => EffectState.Begun,
            "deferred" => EffectState.Deferred,
            "completed" => EffectState.Completed,
            "rejected" => EffectState.Rejected,
            _ => throw new InvalidOperationException($"The fence holds the state '{text}', which this version does not know."),
        };

    private static FenceRow Row(NpgsqlDataReader row, Guid sagaId, string step) =>
        new(sagaId, step)
        {
            Do = State(row.GetString(0)),
            DoReply = row.IsDBNull(1) ? null : row.GetString(1),
            Undo = State(row.GetString(2)),
            Tombstone = row.GetBoolean(3),
            DoAttempt = row.GetInt32(4),
            Version = row.GetInt32(5),
        };

    private static async Task<IReadOnlyDictionary<(Guid SagaId, string Step), FenceRow>> Read(
        NpgsqlDataSource database,
        string sql,
        IReadOnlyCollection<(Guid SagaId, string Step)> keys
    )
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(SqlValue.Array(keys.Select(key => key.SagaId).ToArray(), NpgsqlDbType.Uuid));
        command.Parameters.Add(SqlValue.Array(keys.Select(key => key.Step).ToArray(), NpgsqlDbType.Text));
        await using var row = await command.ExecuteReaderAsync();
        var rows = new Dictionary<(Guid SagaId, string Step), FenceRow>(keys.Count);
        while (await row.ReadAsync())
        {
            var (sagaId, step) = (row.GetGuid(6), row.GetString(7));
            rows[(sagaId, step)] = Row(row, sagaId, step);
        }

        return rows;
    }
}
