using SagaOrchestrator.Outbox.Commit;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Kit.Fencing;

internal sealed class PostgresFence(string schema) : IFence
{
    // The update changes nothing; it locks a row that is there already and returns it.
    private readonly string enter =
        $"""
        insert into {schema}.fence as f (saga_id, step) values ($1, $2)
        on conflict (saga_id, step) do update set step = f.step
        returning do_state, do_reply::text, undo_state, tombstone, do_attempt
        """;

    private readonly string save =
        $"""
        update {schema}.fence
        set do_at = case when do_state <> $3 then now() else do_at end,
            do_lsn = case when do_state <> $3 then pg_current_wal_insert_lsn() else do_lsn end,
            undo_at = case when undo_state <> $5 then now() else undo_at end,
            undo_lsn = case when undo_state <> $5 then pg_current_wal_insert_lsn() else undo_lsn end,
            do_state = $3, do_reply = $4, undo_state = $5, tombstone = $6, do_attempt = $7, changed_at = now()
        where saga_id = $1 and step = $2
        """;

    public async Task<FenceRow> Enter(CommitScope scope, Guid sagaId, string step, CancellationToken cancellationToken)
    {
        await using var command = ((PostgresScope)scope).Command(enter, sagaId, step);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new FenceRow(sagaId, step)
        {
            Do = State(row.GetString(0)),
            DoReply = row.IsDBNull(1) ? null : row.GetString(1),
            Undo = State(row.GetString(2)),
            Tombstone = row.GetBoolean(3),
            DoAttempt = row.GetInt32(4),
        };
    }

    public async Task Save(CommitScope scope, FenceRow row, CancellationToken cancellationToken)
    {
        await using var command = ((PostgresScope)scope).Command(
            save, row.SagaId, row.Step, State(row.Do), SqlValue.Json(row.DoReply), State(row.Undo), row.Tombstone, row.DoAttempt);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static EffectState State(string text) => text switch
    {
        "none" => EffectState.None,
        "begun" => EffectState.Begun,
        "deferred" => EffectState.Deferred,
        "completed" => EffectState.Completed,
        "rejected" => EffectState.Rejected,
        _ => throw new InvalidOperationException($"The fence holds the state '{text}', which this version does not know."),
    };

    private static string State(EffectState state) => state switch
    {
        EffectState.None => "none",
        EffectState.Begun => "begun",
        EffectState.Deferred => "deferred",
        EffectState.Completed => "completed",
        _ => "rejected",
    };
}
