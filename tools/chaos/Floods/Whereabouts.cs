using Npgsql;
using NpgsqlTypes;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Asks the database and the dead letters where messages are.</summary>
internal sealed class Whereabouts(NpgsqlDataSource database, DeadLetterTap letters)
{
    public async Task<Fates> Of(IReadOnlyList<FloodMessage> messages)
    {
        var (handled, waiting) = (new HashSet<Guid>(), new HashSet<Guid>());
        foreach (var queue in messages.GroupBy(message => message.Queue, StringComparer.Ordinal))
        {
            Guid[] ids = [.. queue.Select(message => message.Id)];
            handled.UnionWith(await Read($"select message_id from {queue.Key}.inbox where message_id = any($1)", ids));
            waiting.UnionWith(await Read($"select message_id from {queue.Key}.waiting_message where message_id = any($1)", ids));
        }

        return new Fates(
            handled,
            waiting,
            [
                .. letters
                    .All.Where(letter => letter.Message is not null)
                    .Select(letter => (letter.Message!.Value, letter.Reason ?? "without a reason")),
            ]
        );
    }

    /// <summary>Those of them that have not come to their end.</summary>
    public async Task<IReadOnlyList<FloodMessage>> Open(IReadOnlyList<FloodMessage> messages)
    {
        var fates = await Of(messages);
        var dead = fates.Letters.Select(letter => letter.Id).ToHashSet();
        return
        [
            .. messages.Where(message =>
                fates.Waiting.Contains(message.Id) || !(fates.Handled.Contains(message.Id) || dead.Contains(message.Id))
            ),
        ];
    }

    /// <summary>How many errands have not ended.</summary>
    public async Task<long> OpenErrands()
    {
        await using var command = database.CreateCommand(
            "select count(*) from orchestrator.saga where type = 'errand' and ended_at is null"
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>How many errands there are.</summary>
    public async Task<long> Errands()
    {
        await using var command = database.CreateCommand("select count(*) from orchestrator.saga where type = 'errand'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>How many messages wait for a reason, in the orchestrator's table.</summary>
    public async Task<long> Waiting(string reason)
    {
        await using var command = database.CreateCommand("select count(*) from orchestrator.waiting_message where reason = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = reason });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Those that wait, and that no sweeper has in its hands, in the order in which they must come.</summary>
    /// <param name="within">The longest wait. One that is due later was claimed a moment ago.</param>
    public Task<IReadOnlyList<Guid>> InOrder(TimeSpan within) =>
        Read("select message_id from orchestrator.waiting_message where due_at <= now() + $1 order by due_at, position", within);

    /// <summary>In which order messages were handled, as the histories tell.</summary>
    public Task<IReadOnlyList<Guid>> Handled(IReadOnlyList<Guid> messages) =>
        Read("select message_id from orchestrator.saga_turn where message_id = any($1) order by position", messages.ToArray());

    private async Task<IReadOnlyList<Guid>> Read(string sql, object value)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(
            value is Guid[]
                ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }
                : new NpgsqlParameter { Value = value }
        );
        await using var row = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await row.ReadAsync())
        {
            ids.Add(row.GetGuid(0));
        }

        return ids;
    }
}
