using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Soaking;

/// <summary>Reads the size of all tables. Those of the four participants are taken together, and so are Quartz's.</summary>
internal static class TableSizes
{
    private const string Sql = """
        select case when relname like 'qrtz%' then 'quartz' else relname end as name,
            sum(pg_total_relation_size(relid))::bigint, sum(n_dead_tup)::bigint
        from pg_stat_user_tables group by name
        """;

    public static async Task<IReadOnlyDictionary<string, TableSize>> Read(BenchServers servers)
    {
        var sizes = new SortedDictionary<string, TableSize>(StringComparer.Ordinal);
        await Read(servers, BenchServers.OrchestratorDatabase, Roles.Orchestrator, sizes);
        await Read(servers, BenchServers.ParticipantsDatabase, Roles.Participants, sizes);
        return sizes;
    }

    private static async Task Read(BenchServers servers, string database, string role, SortedDictionary<string, TableSize> sizes)
    {
        await using var source = servers.Open(database);
        await using var command = source.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            sizes.Add($"{role} {rows.GetString(0)}", new TableSize(rows.GetInt64(1), rows.GetInt64(2)));
        }
    }
}
