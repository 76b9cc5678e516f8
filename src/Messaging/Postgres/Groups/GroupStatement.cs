using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Scopes;

namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>
/// Writes a group of units in one transaction: inbox rows, the service's own rows and outbox rows in one statement, which leaves out
/// the units that are duplicates or conflicts; then what else the units write.
/// </summary>
internal sealed class GroupStatement(string schema, IGroupRows rows)
{
    private const int FirstOfRows = 10;

    private readonly ConcurrentDictionary<string, string> statements = new(StringComparer.Ordinal);
    private readonly TextBuffers texts = new();

    /// <param name="database">On which connections.</param>
    /// <param name="members">The units; two of them never write the same row or handle the same message.</param>
    /// <param name="outboxGroup">The id of the outbox row for what they send.</param>
    /// <param name="sent">Outbox rows to delete, of groups that are sent.</param>
    /// <returns>How each member fared, by its place in the group.</returns>
    public async Task<MemberResult[]> Execute(NpgsqlDataSource database, IReadOnlyList<GroupMember> members, Guid outboxGroup, Guid[] sent)
    {
        await using var connection = await database.OpenConnectionAsync();
        var hasStatements = members.Any(member => member.Scope.Statements.Count > 0);
        await using var batch = new NpgsqlBatch(connection);
        using var text = texts.Rent();
        if (hasStatements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        }

        batch.BatchCommands.Add(Command(members, outboxGroup, sent, text.Buffer));
        try
        {
            var results = await Read(batch, members.Count);
            if (hasStatements)
            {
                await WriteRest(connection, members, results);
            }

            return results;
        }
        catch when (hasStatements)
        {
            await RollBack(connection);
            throw;
        }
    }

    private static async Task<MemberResult[]> Read(NpgsqlBatch batch, int count)
    {
        var results = new MemberResult[count];
        await using var row = await batch.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            results[row.GetInt32(0)] =
                row.GetBoolean(1) ? MemberResult.Conflict
                : row.GetBoolean(2) ? MemberResult.ReusedId
                : MemberResult.Duplicate;
        }

        return results;
    }

    private static async Task WriteRest(NpgsqlConnection connection, IReadOnlyList<GroupMember> members, MemberResult[] results)
    {
        var committing = members.Where((_, no) => results[no] == MemberResult.Committed).Select(member => member.Scope).ToList();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in committing.SelectMany(scope => scope.Statements))
        {
            batch.BatchCommands.Add(Command(statement));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await batch.ExecuteNonQueryAsync();
    }

    private static NpgsqlBatchCommand Command(PendingStatement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        foreach (var parameter in statement.Parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static async Task RollBack(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand("rollback", connection);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the transaction with it.
        }
    }

    private NpgsqlBatchCommand Command(IReadOnlyList<GroupMember> members, Guid outboxGroup, Guid[] sent, ArrayBufferWriter<byte> text)
    {
        var count = members.Count;
        var (numbers, ids, types, hashes, hasRow) = (
            new int[count],
            new Guid?[count],
            new string?[count],
            new long[count],
            new bool[count]
        );
        var own = new List<NumberedRow>(count);
        for (var no = 0; no < count; no++)
        {
            var member = members[no];
            (numbers[no], ids[no], types[no], hashes[no]) = (
                no,
                member.Unit.Inbox?.MessageId,
                member.Unit.Inbox?.MessageType,
                member.Unit.Inbox?.ContentHash ?? 0
            );
            if (member.Scope.Row is { } row)
            {
                hasRow[no] = true;
                own.Add(new NumberedRow(no, row, ids[no]));
            }
        }

        // Every node locks in the same order.
        own.Sort((one, other) => one.Row.Key.CompareTo(other.Row.Key));
        var ownParameters = rows.Parameters(own).ToList();
        var inserts = MergedInsert.Of(members);
        var messageCount = GroupMessages.Write(members, text);
        var command = new NpgsqlBatchCommand(Sql(FirstOfRows + ownParameters.Count, inserts));
        command.Parameters.Add(SqlValue.Array(numbers, NpgsqlDbType.Integer));
        command.Parameters.Add(SqlValue.Array(ids, NpgsqlDbType.Uuid));
        command.Parameters.Add(SqlValue.Array(types, NpgsqlDbType.Text));
        command.Parameters.Add(SqlValue.Array(hasRow, NpgsqlDbType.Boolean));
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = outboxGroup });
        command.Parameters.Add(
            new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = text.WrittenMemory, NpgsqlDbType = NpgsqlDbType.Text }
        );
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = messageCount });
        command.Parameters.Add(SqlValue.Array(sent, NpgsqlDbType.Uuid));
        command.Parameters.Add(SqlValue.Array(hashes, NpgsqlDbType.Bigint));
        foreach (var parameter in ownParameters.Concat(inserts.SelectMany(insert => insert.Parameters)))
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    // The services' steps write to few tables, so there are few different statements.
    private string Sql(int first, IReadOnlyList<MergedInsert> inserts) =>
        statements.GetOrAdd(string.Join('|', inserts.Select(insert => insert.Target)), _ => Build(first, inserts));

    // Two transactions with the same new message id meet in the inbox: the second fails there, and its units are tried one by one.
    private string Build(int first, IReadOnlyList<MergedInsert> inserts)
    {
        var more = new StringBuilder();
        for (var index = 0; index < inserts.Count; index++)
        {
            more.Append(CultureInfo.InvariantCulture, $"insert_{index} as ({inserts[index].Sql(first)}),\n");
            first += inserts[index].Width;
        }

        return $"""
            with unit as materialized (
                select * from unnest($1, $2, $3, $4, $9) as u (no, message_id, message_type, has_row, content_hash)),
            seen as materialized (
                select i.message_id, i.content_hash from unnest($2) as wanted (message_id)
                join {schema}.inbox i on i.message_id = wanted.message_id),
            fresh as materialized (
                select * from unit where (message_id = any (array(select message_id from seen))) is not true),
            {rows.Sql(FirstOfRows)},
            done as materialized (
                select no, message_id, message_type, content_hash from fresh where not has_row or no = any (array(select no from written))),
            {more}handled as (
                insert into {schema}.inbox (message_id, message_type, content_hash)
                select message_id, message_type, content_hash from done where message_id is not null),
            told as (
                insert into {schema}.outbox_group (id, messages, message_count, left_out)
                select $5, $6, $7, nullif(array(select no from unit where no <> all (array(select no from done))), array[]::integer[])
                where $7 > 0 and exists (select from done)),
            deleted as (
                delete from {schema}.outbox_group where id = any ($8))
            select no, no = any (array(select no from fresh)),
                   exists (select from seen where seen.message_id = unit.message_id and seen.content_hash <> unit.content_hash)
            from unit where no <> all (array(select no from done))
            """;
    }
}
