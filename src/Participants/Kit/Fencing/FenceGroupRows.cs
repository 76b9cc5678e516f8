using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Groups;

namespace SagaOrchestrator.Participants.Fencing;

/// <summary>Writes fence rows, new ones and changed ones, with a check of their version.</summary>
internal sealed class FenceGroupRows(string schema) : IGroupRows
{
    private const string Columns = "no, saga_id, step, version, do_state, do_reply, undo_state, tombstone, do_attempt";

    public string Sql(int first) =>
        $"""
            fence_row as materialized (
                select * from unnest({string.Join(
                ", ",
                Enumerable.Range(first, Columns.Split(',').Length).Select(number => $"${number}")
            )}) as w ({Columns})
                where no = any (array(select no from fresh))),
            changed as (
                update {schema}.fence f
                set {PostgresFence.Assignments("f", "w")}
                from fence_row w where w.version > 0 and f.saga_id = w.saga_id and f.step = w.step and f.version = w.version
                returning w.no),
            added as (
                insert into {schema}.fence as f (saga_id, step, do_state, do_reply, do_at, do_lsn, undo_state, undo_at, undo_lsn,
                    tombstone, do_attempt)
                select saga_id, step, do_state, do_reply,
                       case when do_state <> 'none' then now() end, case when do_state <> 'none' then pg_current_wal_insert_lsn() end,
                       undo_state, case when undo_state <> 'none' then now() end,
                           case when undo_state <> 'none' then pg_current_wal_insert_lsn() end,
                       tombstone, do_attempt
                from fence_row where version = 0
                on conflict do nothing
                returning f.saga_id, f.step),
            written as materialized (
                select no from changed
                union all
                select no from fence_row w
                where version = 0 and ((select count(*) from added) = (select count(*) from fence_row where version = 0)
                    or exists (select from added where added.saga_id = w.saga_id and added.step = w.step)))
            """;

    public IEnumerable<NpgsqlParameter> Parameters(IReadOnlyList<NumberedRow> rows)
    {
        NpgsqlParameter Column<T>(NpgsqlDbType type, Func<FenceRow, T> value) =>
            SqlValue.Array(rows.Select(row => value(((FenceGroupRow)row.Row).Row)).ToArray(), type);
        return
        [
            SqlValue.Array(rows.Select(row => row.No).ToArray(), NpgsqlDbType.Integer),
            Column(NpgsqlDbType.Uuid, row => row.SagaId),
            Column(NpgsqlDbType.Text, row => row.Step),
            Column(NpgsqlDbType.Integer, row => row.Version),
            Column(NpgsqlDbType.Text, row => PostgresFence.Text(row.Do)),
            Column(NpgsqlDbType.Json, row => row.DoReply),
            Column(NpgsqlDbType.Text, row => PostgresFence.Text(row.Undo)),
            Column(NpgsqlDbType.Boolean, row => row.Tombstone),
            Column(NpgsqlDbType.Integer, row => row.DoAttempt),
        ];
    }
}
