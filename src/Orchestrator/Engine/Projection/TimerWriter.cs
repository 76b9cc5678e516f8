using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Projection;

/// <summary>Writes how many timers there are in an hour.</summary>
internal sealed class TimerWriter(string schema)
{
    private readonly string addSql = $"""
        insert into {schema}.saga_timer as stored (hour, type, timers) select * from unnest($1, $2, $3)
        on conflict (hour, type) do update set timers = stored.timers + excluded.timers
        """;

    // An hour that is over, and without timers, is not heard of again.
    private readonly string clearSql = $"delete from {schema}.saga_timer where hour < now() - interval '2 hours' and timers = 0";

    public IEnumerable<NpgsqlBatchCommand> Commands(IReadOnlyList<((DateTimeOffset Hour, string Type) Key, int Count)> timers)
    {
        if (timers.Count == 0)
        {
            yield break;
        }

        var command = new NpgsqlBatchCommand(addSql);
        command.Parameters.Add(SqlValue.Array(timers.Select(timer => timer.Key.Hour).ToArray(), NpgsqlDbType.TimestampTz));
        command.Parameters.Add(SqlValue.Array(timers.Select(timer => timer.Key.Type).ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(SqlValue.Array(timers.Select(timer => (long)timer.Count).ToArray(), NpgsqlDbType.Bigint));
        yield return command;
        yield return new NpgsqlBatchCommand(clearSql);
    }
}
