using Npgsql;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>What operators have set, in the tables <c>breaker</c> and <c>operator_action</c>.</summary>
internal sealed class PostgresBreakerSettings(NpgsqlDataSource database, OrchestratorNames names) : IBreakerSettings
{
    private readonly string readSql = $"select kind, name, state, set_by, reason, set_at from {names.Schema}.breaker";

    private readonly string writeSql = $"""
        with action as (
            insert into {names.Schema}.operator_action (kind, subject, verb, who, why, origin) values ($6, $2, 'breaker-' || $3, $4, $5,
                $7))
        insert into {names.Schema}.breaker (kind, name, state, set_by, reason, set_at) values ($1, $2, $3, $4, $5, now())
        on conflict (kind, name) do update set state = excluded.state, set_by = excluded.set_by, reason = excluded.reason,
            set_at = excluded.set_at
        """;

    public async Task<IReadOnlyList<BreakerSetting>> Read(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(readSql);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var settings = new List<BreakerSetting>();
        while (await row.ReadAsync(cancellationToken))
        {
            settings.Add(
                new BreakerSetting(
                    Enum.Parse<BreakerKind>(row.GetString(0)),
                    row.GetString(1),
                    row.GetString(2),
                    row.GetString(3),
                    row.GetString(4),
                    await row.GetFieldValueAsync<DateTimeOffset>(5, cancellationToken)
                )
            );
        }

        return settings;
    }

    public async Task Write(BreakerSetting setting, string? origin, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(writeSql);
        foreach (var value in new[] { setting.Kind.ToString(), setting.Name, setting.State, setting.By, setting.Reason })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        command.Parameters.Add(SqlValue.Text(setting.Kind == BreakerKind.Participant ? Subjects.Participant : Subjects.SagaType));
        command.Parameters.Add(SqlValue.Text(origin));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
