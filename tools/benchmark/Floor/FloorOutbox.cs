using Npgsql;
using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Floor;

/// <summary>The outbox of a process of the floor.</summary>
internal sealed class FloorOutbox(NpgsqlDataSource database)
{
    /// <summary>Adds the six columns of outbox rows, without the saga, to a statement.</summary>
    public static void Add(NpgsqlCommand command, IReadOnlyList<FloorMessage> messages)
    {
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. messages.Select(message => message.Id)] });
        foreach (
            var column in new Func<FloorMessage, string>[]
            {
                message => message.Type,
                message => message.Step,
                message => message.Exchange,
                message => message.Queue,
                message => message.Body,
            }
        )
        {
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. messages.Select(column)] });
        }
    }

    /// <summary>Forgets messages that the broker has confirmed.</summary>
    public async Task Delete(IReadOnlyList<Guid> sent)
    {
        await using var command = database.CreateCommand("delete from floor.outbox where message_id = any ($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. sent] });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Sends what a process that died had committed and not sent.</summary>
    public async Task SendLeftOver(ConfirmingPublisher publisher)
    {
        var left = new List<FloorMessage>();
        await using (
            var command = database.CreateCommand("select message_id, saga_id, type, step, exchange, queue, body from floor.outbox")
        )
        {
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                left.Add(
                    new FloorMessage(
                        rows.GetGuid(0),
                        rows.GetGuid(1),
                        rows.GetString(2),
                        rows.GetString(3),
                        rows.GetString(4),
                        rows.GetString(5),
                        rows.GetString(6)
                    )
                );
            }
        }

        await publisher.Publish([.. left.Select(message => message.ToBroker())]);
        await Delete([.. left.Select(message => message.Id)]);
    }
}
