using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Checks from outside that everything happened as it should: a fast wrong answer is no answer.</summary>
internal static class Verification
{
    private static readonly string Forward = string.Join(',', Steps.All.Select(step => step.Name + ":do"));

    private static readonly string Back = string.Join(
        ',', Steps.All.TakeWhile(step => step.Name != Steps.Ship).Select(step => step.Name + ":do").Concat(Steps.Undone.Select(step => step + ":undo")));

    public static async Task Check(SystemUnderTest system, SagaLedger ledger, BenchServers servers)
    {
        Ends(system, ledger);
        if (system.EffectSchemas.Count > 0)
        {
            await Effects(system, ledger, servers);
        }
    }

    private static void Ends(SystemUnderTest system, SagaLedger ledger)
    {
        if (ledger.Strangers > 0)
        {
            throw new BenchmarkFailure($"{system.Name}: {ledger.Strangers} sagas ended that were never started.");
        }

        foreach (var (number, entry) in ledger.Entries.ToArray().Index())
        {
            if (entry.Ends != 1 || entry.End!.Completed == entry.Fails || !entry.End.Compensated.SequenceEqual(entry.Fails ? Steps.Undone : []))
            {
                throw new BenchmarkFailure(
                    $"{system.Name}: saga {number} should have ended {(entry.Fails ? "Failed" : "Completed")} once. It ended {entry.Ends} times: {entry.End}, undone {string.Join(", ", entry.End?.Compensated ?? [])}.");
            }
        }
    }

    private static async Task Effects(SystemUnderTest system, SagaLedger ledger, BenchServers servers)
    {
        var found = await Read(system, servers);
        foreach (var (number, entry) in ledger.Entries.ToArray().Index())
        {
            found.Remove(entry.End!.SagaId, out var effects);
            if (effects != (entry.Fails ? Back : Forward))
            {
                throw new BenchmarkFailure(
                    $"{system.Name}: saga {number} ({entry.End.SagaId}) should have left the effects {(entry.Fails ? Back : Forward)}, but left {effects ?? "none"}.");
            }
        }

        if (found.Count > 0)
        {
            throw new BenchmarkFailure($"{system.Name}: {found.Count} sagas left effects and were never started.");
        }
    }

    // Every effect of each saga, in the order in which they were made.
    private static async Task<Dictionary<Guid, string>> Read(SystemUnderTest system, BenchServers servers)
    {
        var all = string.Join(" union all ", system.EffectSchemas.Select(schema => $"select saga_id, step, direction, at from {schema}.effect"));
        await using var database = servers.Participants();
        await using var command = database.CreateCommand(
            $"select saga_id, string_agg(step || ':' || direction, ',' order by at) from ({all}) as effect group by saga_id");
        await using var rows = await command.ExecuteReaderAsync();
        var found = new Dictionary<Guid, string>();
        while (await rows.ReadAsync())
        {
            found.Add(rows.GetGuid(0), rows.GetString(1));
        }

        return found;
    }
}
