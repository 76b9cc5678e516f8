using Npgsql;

namespace SagaOrchestrator.Benchmarks.Floor.Effects;

/// <summary>Writes effects with their inbox and outbox rows: one statement, one round trip, one transaction.</summary>
internal sealed class EffectTable(NpgsqlDataSource database)
{
    private const string WriteAll = """
        with input as (
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                as input_row (cause, saga_id, direction, reference, effective, message_id, type, step, exchange, queue, body)),
        fresh as (
            insert into floor.inbox (message_id) select cause from input on conflict do nothing returning message_id as cause),
        effect as (
            insert into floor.effect (saga_id, step, direction, reference)
            select saga_id, step, direction, reference from input join fresh using (cause) where effective),
        outbox as (
            insert into floor.outbox (message_id, saga_id, type, step, exchange, queue, body)
            select message_id, saga_id, type, step, exchange, queue, body from input join fresh using (cause)),
        sent as (delete from floor.outbox where message_id = any ($12))
        select cause from fresh
        """;

    public async Task<HashSet<Guid>> Write(IReadOnlyList<EffectWrite> writes, IReadOnlyList<Guid> sent)
    {
        await using var command = database.CreateCommand(WriteAll);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. writes.Select(write => write.Cause.MessageId)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. writes.Select(write => write.Cause.SagaId)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. writes.Select(write => write.Direction)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. writes.Select(write => write.Reference)] });
        command.Parameters.Add(new NpgsqlParameter<bool[]> { TypedValue = [.. writes.Select(write => write.IsEffective)] });
        FloorOutbox.Add(command, [.. writes.Select(write => write.Reply)]);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. sent] });
        var written = new HashSet<Guid>(writes.Count);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            written.Add(rows.GetGuid(0));
        }

        return written;
    }
}
