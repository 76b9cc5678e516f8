using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Groups;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Writes sagas with a check of their version (rule S27), and with each the history of what changed, in one statement.</summary>
internal sealed class SagaGroupRows(OrchestratorNames names) : IGroupRows
{
    // In the order of the parameters. Those of the second line are written when a saga begins, and never again.
    private const string Columns = """
        no, id, version, state, progress, results, wake_at, wake_for, now, ended_at, history_version, undoing, entries, entry_count,
            message_id,
        type, plan_version, business_key, data, data_hash, trace_parent, started_at, verb, step, who, why, origin
        """;

    private static readonly int Count = Columns.Split(',').Length;

    public string Sql(int first) =>
        $"""
            saga_row as materialized (
                select * from unnest({string.Join(", ", Enumerable.Range(first, Count).Select(number => $"${number}"))}) as w ({Columns})
                where no = any (array(select no from fresh))),
            moved as (
                update {names.Schema}.saga s
                set state = w.state, progress = w.progress, results = w.results,
                    wake_at = w.wake_at, wake_for = w.wake_for, wake_sent_at = null,
                    wake_check_at = case when w.wake_at is null or (s.wake_check_at > w.now
                        and s.wake_check_at <= w.wake_at) is not true then w.wake_at else s.wake_check_at end,
                    updated_at = w.now, ended_at = w.ended_at, version = s.version + 1, history_version = w.history_version + w.entry_count,
                    undoing = w.undoing
                from saga_row w where w.version > 0 and s.id = w.id and s.version = w.version
                returning w.no),
            begun as (
                insert into {names.Schema}.saga
                    (id, type, plan_version, business_key, state, data, data_hash, progress, results, wake_at, wake_check_at, wake_for,
                     trace_parent, started_at, updated_at, ended_at, version, history_version, undoing)
                select id, type, plan_version, business_key, state, data, data_hash, progress, results, wake_at, wake_at, wake_for,
                       trace_parent, started_at, now, ended_at, 1, history_version + entry_count, undoing
                from saga_row where version = 0
                on conflict do nothing
                returning id),
            written as materialized (
                select no from moved union all select no from saga_row where version = 0 and id = any (array(select id from begun))),
            turned as (
                insert into {names.Schema}.saga_turn (saga_id, version, entries, message_id, at)
                select id, history_version + 1, entries, message_id, now from saga_row
                where no = any (array(select no from written)) and entry_count > 0),
            changed as (
                insert into {names.Schema}.saga_changed (ids)
                select array_agg(id) from saga_row where no = any (array(select no from written)) having count(*) > 0),
            acted as (
                insert into {names.Schema}.operator_action (kind, subject, at, verb, step, who, why, origin)
                select 'saga', id::text, now, verb, step, who, why, origin from saga_row
                where no = any (array(select no from written)) and verb is not null)
            """;

    public IEnumerable<NpgsqlParameter> Parameters(IReadOnlyList<NumberedRow> rows)
    {
        NpgsqlParameter Column<T>(NpgsqlDbType type, Func<SagaGroupRow, T> value) =>
            SqlValue.Array(rows.Select(row => value((SagaGroupRow)row.Row)).ToArray(), type);
        NpgsqlParameter OfSaga<T>(NpgsqlDbType type, Func<SagaInstance, T> value) => Column(type, row => value(row.Saga));
        NpgsqlParameter OfNew<T>(NpgsqlDbType type, Func<SagaInstance, T> value)
            where T : class? => Column(type, row => row.Saga.Version == 0 ? value(row.Saga) : null);
        return
        [
            SqlValue.Array(rows.Select(row => row.No).ToArray(), NpgsqlDbType.Integer),
            OfSaga(NpgsqlDbType.Uuid, saga => saga.CorrelationId),
            OfSaga(NpgsqlDbType.Bigint, saga => saga.Version),
            OfSaga(NpgsqlDbType.Text, saga => saga.CurrentState),
            Column(NpgsqlDbType.Json, row => row.Progress),
            Column(NpgsqlDbType.Json, row => row.Results),
            Column(NpgsqlDbType.TimestampTz, row => row.Timer?.DueAt),
            Column(NpgsqlDbType.Text, row => row.Timer?.Name),
            OfSaga(NpgsqlDbType.TimestampTz, saga => saga.Now),
            OfSaga(NpgsqlDbType.TimestampTz, saga => saga.EndedAt),
            OfSaga(NpgsqlDbType.Integer, saga => saga.HistoryVersion),
            OfSaga(NpgsqlDbType.Text, saga => saga.Undoing),
            Column(NpgsqlDbType.Json, row => row.Entries),
            Column(NpgsqlDbType.Integer, row => row.EntryCount),
            SqlValue.Array(rows.Select(row => row.MessageId).ToArray(), NpgsqlDbType.Uuid),
            OfNew(NpgsqlDbType.Text, saga => saga.Type),
            OfSaga(NpgsqlDbType.Integer, saga => saga.PlanVersion),
            OfNew(NpgsqlDbType.Text, saga => saga.BusinessKey),
            OfNew(NpgsqlDbType.Json, saga => saga.Data),
            OfNew(NpgsqlDbType.Bytea, saga => saga.DataHash),
            OfNew(NpgsqlDbType.Text, saga => saga.TraceParent),
            OfSaga(NpgsqlDbType.TimestampTz, saga => saga.StartedAt),
            OfSaga(NpgsqlDbType.Text, saga => saga.Action?.Verb),
            OfSaga(NpgsqlDbType.Text, saga => saga.Action?.Step),
            OfSaga(NpgsqlDbType.Text, saga => saga.Action?.Who),
            OfSaga(NpgsqlDbType.Text, saga => saga.Action?.Why),
            OfSaga(NpgsqlDbType.Text, saga => saga.Action?.Origin),
        ];
    }
}
