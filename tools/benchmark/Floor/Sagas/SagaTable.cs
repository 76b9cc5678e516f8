using System.Text.Json;
using Npgsql;
using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Floor.Sagas;

/// <summary>Writes sagas with their inbox and outbox rows: one statement, one round trip, one transaction.</summary>
internal sealed class SagaTable(NpgsqlDataSource database)
{
    // The inbox comes after the saga, so that a version that moved on leaves nothing behind.
    private const string WriteAll = """
        with input as (
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                as input_row (cause, id, data, phase, done, reference, failure, version, message_id, type, step, exchange, queue, body)),
        saga as (
            insert into floor.saga as saga (id, data, phase, done, reference, failure, version)
            select id, data, phase, done, reference, failure, version from input
            on conflict (id) do update
                set phase = excluded.phase, done = excluded.done, reference = excluded.reference, failure = excluded.failure,
                    version = excluded.version
                where saga.version = excluded.version - 1
            returning saga.id),
        inbox as (
            insert into floor.inbox (message_id) select cause from input join saga using (id) on conflict do nothing),
        outbox as (
            insert into floor.outbox (message_id, saga_id, type, step, exchange, queue, body)
            select message_id, id, type, step, exchange, queue, body from input join saga using (id)),
        sent as (delete from floor.outbox where message_id = any ($15))
        select id from saga
        """;

    public async Task<HashSet<Guid>> Write(IReadOnlyList<SagaWrite> writes, IReadOnlyList<Guid> sent)
    {
        var written = new HashSet<Guid>(writes.Count);
        if (writes.Count == 0 && sent.Count == 0)
        {
            return written;
        }

        await using var command = database.CreateCommand(WriteAll);
        Saga(command, writes);
        FloorOutbox.Add(command, [.. writes.Select(write => write.Change.Message)]);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. sent] });
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            written.Add(rows.GetGuid(0));
        }

        return written;
    }

    public async Task<SagaState?> Read(Guid id)
    {
        await using var command = database.CreateCommand(
            "select data, phase, done, reference, failure, version from floor.saga where id = $1"
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync()
            ? new SagaState(
                id,
                JsonSerializer.Deserialize(row.GetString(0), FloorJson.Default.Order)!,
                (SagaPhase)row.GetInt32(1),
                row.GetInt32(2),
                row.GetString(3),
                row.GetString(4),
                row.GetInt32(5)
            )
            : null;
    }

    private static void Saga(NpgsqlCommand command, IReadOnlyList<SagaWrite> writes)
    {
        var (causes, ids, data) = (new Guid[writes.Count], new Guid[writes.Count], new string[writes.Count]);
        var (phases, done, references) = (new int[writes.Count], new int[writes.Count], new string[writes.Count]);
        var (failures, versions) = (new string[writes.Count], new int[writes.Count]);
        foreach (var (index, write) in writes.Index())
        {
            var saga = write.Change.Saga;
            (causes[index], ids[index], data[index]) = (write.Cause.MessageId, saga.Id, Data(saga));
            (phases[index], done[index], references[index]) = ((int)saga.Phase, saga.Done, saga.Reference);
            (failures[index], versions[index]) = (saga.Failure, saga.Version);
        }

        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = causes });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = data });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = phases });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = done });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = references });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = failures });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = versions });
    }

    // An update leaves the data as it is, so it need not travel again.
    private static string Data(SagaState saga) =>
        saga.Version == 1 ? JsonSerializer.Serialize(saga.Order, FloorJson.Default.Order) : string.Empty;
}

/// <summary>A change, and the message that made it.</summary>
internal sealed record SagaWrite(Incoming Cause, SagaChange Change);
