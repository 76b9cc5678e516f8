using Npgsql;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Checks;

/// <summary>No step is given up for want of an answer from a participant that was stopped all the while.</summary>
internal static class OutageCheck
{
    // Until every node has seen it, a node that was paused or started anew included.
    private static readonly TimeSpan UntilKnown = TimeSpan.FromSeconds(15);

    private const string Sql = """
        select format('saga %s gave %s up at %s, while %s was stopped', saga_id, data ->> 'step', at, $1::text)
            from orchestrator.saga_history
        where type in ('settling_began', 'compensation_began') and data ->> 'code' = 'timeout' and data ->> 'step' = $2 and at between $3
            and $4 limit 10
        """;

    private static readonly Dictionary<string, string> Steps = new(StringComparer.Ordinal)
    {
        ["inventory"] = "reserve_inventory",
        ["payments"] = "process_payment",
        ["shipping"] = "create_shipment",
        ["notifications"] = "send_confirmation",
    };

    public static async Task<CheckResult> Run(string connection, OutageLog log)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var findings = new List<string>();
        foreach (var outage in log.Outages.Where(outage => outage.To - outage.From > UntilKnown))
        {
            await using var command = database.CreateCommand(Sql);
            foreach (var value in new object[] { outage.Participant, Steps[outage.Participant], outage.From + UntilKnown, outage.To })
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                findings.Add(row.GetString(0));
            }
        }

        return new CheckResult("no step is given up while its participant is stopped", findings);
    }
}
