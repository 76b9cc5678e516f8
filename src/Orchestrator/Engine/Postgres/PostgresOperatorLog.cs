using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>The operators' log in the table <c>operator_action</c>.</summary>
internal sealed class PostgresOperatorLog(NpgsqlDataSource database, ReadDatabase reads, OrchestratorNames names) : IOperatorLog
{
    private readonly string writeSql = $"""
        insert into {names.Schema}.operator_action (kind, subject, verb, step, who, origin, why, code, detail)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private readonly string readSql = $"""
        select position, at, kind, subject, verb, step, who, origin, why, code, detail from {names.Schema}.operator_log
        where ($1::text is null or kind = $1) and ($2::text is null or subject = $2) and ($3::text is null or who = $3)
          and ($4::text is null or verb = $4) and ($5::boolean is null or (code is not null) = $5)
          and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7) and ($8::bigint is null or position < $8)
        order by position desc limit $9
        """;

    public async Task Write(LoggedAction action, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(writeSql);
        foreach (
            var text in new[]
            {
                action.Kind,
                action.Subject,
                action.Verb,
                action.Step,
                action.Who,
                action.Origin,
                action.Why,
                action.Code,
                action.Detail,
            }
        )
        {
            command.Parameters.Add(SqlValue.Text(text));
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<LoggedAction>> Read(LogQuery query, int limit, CancellationToken cancellationToken)
    {
        await using var command = reads.Source.CreateCommand(readSql);
        command.Parameters.Add(SqlValue.Text(query.Kind));
        command.Parameters.Add(SqlValue.Text(query.Subject));
        command.Parameters.Add(SqlValue.Text(query.Who));
        command.Parameters.Add(SqlValue.Text(query.Verb));
        command.Parameters.Add(
            new NpgsqlParameter { Value = (object?)query.WasRefused ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Boolean }
        );
        command.Parameters.Add(SqlValue.Time(query.From));
        command.Parameters.Add(SqlValue.Time(query.Before));
        command.Parameters.Add(
            new NpgsqlParameter { Value = (object?)query.After ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint }
        );
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await command.Rows(
            row => new LoggedAction(
                row.GetInt64(0),
                row.GetFieldValue<DateTimeOffset>(1),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                row.TextOrNull(5),
                row.GetString(6),
                row.TextOrNull(7),
                row.GetString(8),
                row.TextOrNull(9),
                row.TextOrNull(10)
            ),
            cancellationToken
        );
    }
}
