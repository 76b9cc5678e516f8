using System.Globalization;
using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Messaging.Health;

namespace SagaOrchestrator.Engine.Health;

/// <summary>Looks for timers that nobody has fired although they are long due, on the database's clock.</summary>
internal sealed class LateTimers(NpgsqlDataSource database, OrchestratorNames names) : ConditionCheck("timers")
{
    // Every node fires what is overdue by five seconds.
    private readonly string sql = $"""
        select count(*), max(extract(epoch from now() - greatest(wake_at, wake_check_at)))::float8
        from (select wake_at, wake_check_at from {names.Schema}.saga
              where wake_check_at <= now() - interval '10 seconds' and wake_at <= now() - interval '10 seconds' limit 1000) as late
        """;

    public override async Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var late = row.GetInt64(0);
        return late == 0
            ? []
            :
            [
                new Trouble(
                    "timers",
                    "late",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{late}{(late == 1000 ? " or more" : string.Empty)} timers are due and not fired, the oldest for "
                            + $"{row.GetDouble(1):0} seconds."
                    ),
                    "Their sagas neither retry nor give up what they wait for.",
                    "See that a node runs that knows the plan version of these sagas (column plan_version), and look for warnings of the "
                        + "scheduler in its log."
                ),
            ];
    }
}
