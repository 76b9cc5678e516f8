using Npgsql;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Audits;

/// <summary>Reads when all is at rest what the auditor has reported of what was planted.</summary>
internal static class ContradictionFacts
{
    // What was set right last is seen by the next run, and its alarm cleared by the next look.
    private static readonly TimeSpan Patience = ChaosOptions.AuditEvery * 4;

    // A run counts only when it could see it: nobody can tell of a lost command while its participant is away, nor of a fence unread.
    private const string Facts = """
        select found.outcome, found.found_at - $3,
            (select count(*)::int from orchestrator.audit_run
                where started_at > $3 and started_at < coalesce(found.found_at, 'infinity')
                    and ($1 <> 'command-lost' or commands > 0) and ($1 <> 'fence-disagrees' or fences > 0)),
            exists (select from orchestrator.operator_action where who = 'auditor' and verb = 'repair' and subject = $2 and code is null),
            exists (select from orchestrator.alarm
                where kind = 'audit' and subject = $1 and coalesce(cleared_at, 'infinity') > found.found_at)
        from (values (1)) one
        left join lateral (
            select outcome, found_at from orchestrator.audit_finding
            where kind = $1 and subject = $2 order by found_at limit 1) found on true
        """;

    public static async Task<IReadOnlyList<ReportedContradiction>> Read(string connection, IEnumerable<Contradiction> planted)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var read = new List<ReportedContradiction>();
        foreach (var one in planted.OrderBy(one => one.PlantedAt))
        {
            var reported = await Read(database, one);
            await Wait.Until(async () => (reported = await Read(database, one)).Outcome != "Standing", Patience);
            read.Add(reported);
        }

        return read;
    }

    private static async Task<ReportedContradiction> Read(NpgsqlDataSource database, Contradiction one)
    {
        await using var command = database.CreateCommand(Facts);
        foreach (var value in new object[] { one.Kind, one.Saga.ToString(), one.PlantedAt })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return new ReportedContradiction(
            one,
            row.IsDBNull(0) ? null : row.GetString(0),
            row.IsDBNull(1) ? null : row.GetTimeSpan(1),
            row.GetInt32(2),
            row.GetBoolean(3),
            row.GetBoolean(4)
        );
    }
}
