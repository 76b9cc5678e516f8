using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Loading;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Postgres.Outbox;

/// <summary>
/// Messages that wait in the database. A message is there once, however many copies of it come. Its row is deleted after it was sent,
/// and only if it was not written in between: then a copy that came back found it there and relies on it.
/// </summary>
internal sealed class WaitingMessages
{
    private readonly NpgsqlDataSource database;

    // A flood of them is written in groups, as everything is.
    private readonly GroupReader<Kept, bool> writing;
    private readonly GroupReader<(Guid Message, Guid Version), bool> deleting;
    private readonly string keep;
    private readonly string claim;
    private readonly string delete;

    public WaitingMessages(NpgsqlDataSource database, string schema)
    {
        this.database = database;
        writing = new GroupReader<Kept, bool>(Write);
        deleting = new GroupReader<(Guid Message, Guid Version), bool>(Delete);
        keep = $"""
            insert into {schema}.waiting_message (message_id, body_md5, destination, content_type, headers, body, reason, due_at)
            select distinct on (message_id, body_md5) * from (
                select m.message_id, md5(m.body) as body_md5, m.destination, m.content_type, m.headers, m.body, m.reason, now() + m.wait
                from unnest($1, $2, $3, $4, $5, $6, $7) as m (message_id, destination, content_type, headers, body, reason, wait)) as kept
            order by message_id, body_md5
            on conflict (message_id, body_md5) do update
            set headers = excluded.headers, reason = excluded.reason, due_at = excluded.due_at, version = excluded.version
            """;
        // A claimed row is left alone by others for as long as an attempt may take.
        claim = $"""
            with due as (
                select message_id, body_md5, due_at from {schema}.waiting_message where due_at <= now() order by due_at,
                    position limit $1 for update skip locked),
            claimed as (
                update {schema}.waiting_message as w
                set due_at = now() + interval '30 seconds', version = gen_random_uuid()
                from due where w.message_id = due.message_id and w.body_md5 = due.body_md5
                returning w.message_id, w.destination, w.content_type, w.headers, w.body, w.version, w.position, due.due_at)
            select * from claimed order by due_at, position
            """;
        // In the order in which they are kept: two statements that lock many rows must not wait for one another.
        delete = $"""
            with sent as (
                select w.message_id, w.body_md5 from {schema}.waiting_message w
                join unnest($1, $2) as s (message_id, version) on w.message_id = s.message_id and w.version = s.version
                order by w.message_id, w.body_md5 for update of w)
            delete from {schema}.waiting_message w using sent where w.message_id = sent.message_id and w.body_md5 = sent.body_md5
            """;
    }

    public Task Keep(OutgoingMessage message, string reason, TimeSpan wait, CancellationToken cancellationToken) =>
        writing.Read(new Kept(message, reason, wait), cancellationToken);

    public Task Delete(WaitingMessage sent, CancellationToken cancellationToken) =>
        deleting.Read((sent.Message.MessageId, sent.Version), cancellationToken);

    public async Task<IReadOnlyList<WaitingMessage>> Claim(int limit, CancellationToken cancellationToken)
    {
        await using var command = database.Command(claim, limit);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var claimed = new List<WaitingMessage>();
        while (await row.ReadAsync(cancellationToken))
        {
            claimed.Add(new WaitingMessage(OutboxRows.Message(row), row.GetGuid(5)));
        }

        return claimed;
    }

    private async Task<IReadOnlyDictionary<Kept, bool>> Write(IReadOnlyCollection<Kept> group)
    {
        await using var command = database.CreateCommand(keep);
        foreach (var parameter in OutboxRows.Parameters([.. group.Select(kept => kept.Message)]))
        {
            command.Parameters.Add(parameter);
        }

        command.Parameters.Add(SqlValue.Array(group.Select(kept => kept.Reason).ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(SqlValue.Array(group.Select(kept => kept.Wait).ToArray(), NpgsqlDbType.Interval));
        await command.ExecuteNonQueryAsync();
        return group.ToDictionary(kept => kept, _ => true);
    }

    private async Task<IReadOnlyDictionary<(Guid Message, Guid Version), bool>> Delete(
        IReadOnlyCollection<(Guid Message, Guid Version)> group
    )
    {
        await using var command = database.CreateCommand(delete);
        command.Parameters.Add(SqlValue.Array(group.Select(sent => sent.Message).ToArray(), NpgsqlDbType.Uuid));
        command.Parameters.Add(SqlValue.Array(group.Select(sent => sent.Version).ToArray(), NpgsqlDbType.Uuid));
        await command.ExecuteNonQueryAsync();
        return group.ToDictionary(sent => sent, _ => true);
    }

    // Each is one of its own, whatever is in it.
    private sealed class Kept(OutgoingMessage message, string reason, TimeSpan wait)
    {
        public OutgoingMessage Message => message;

        public string Reason => reason;

        public TimeSpan Wait => wait;
    }
}
