namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Checks from outside that everything happened as it should: a fast wrong answer is no answer.</summary>
internal static class Verification
{
    public static async Task Check(SystemUnderTest system, SagaLedger ledger, BenchServers servers, ExpectedEnds? expected = null)
    {
        expected ??= ExpectedEnds.Chain;
        Ends(system, ledger, expected);
        if (system.EffectSchemas.Count > 0)
        {
            await Effects(system, ledger, servers, expected);
        }
    }

    private static void Ends(SystemUnderTest system, SagaLedger ledger, ExpectedEnds expected)
    {
        if (ledger.Strangers > 0)
        {
            throw new BenchmarkFailure($"{system.Name}: {ledger.Strangers} sagas ended that were never started.");
        }

        foreach (var (number, entry) in ledger.Entries.ToArray().Index())
        {
            if (entry.Ends != 1 || entry.Completed == entry.Fails || !entry.Compensated!.SequenceEqual(entry.Fails ? expected.Undone : []))
            {
                throw new BenchmarkFailure(
                    $"{system.Name}: saga {number} ({entry.SagaId}) should have ended {Word(!entry.Fails)} once. It ended {entry.Ends} "
                        + $"times, as {Word(entry.Completed)}, undone {string.Join(", ", entry.Compensated ?? [])}."
                );
            }
        }
    }

    private static string Word(bool completed) => completed ? "Completed" : "Failed";

    private static async Task Effects(SystemUnderTest system, SagaLedger ledger, BenchServers servers, ExpectedEnds expected)
    {
        var found = await Read(system, servers, expected);
        foreach (var (number, entry) in ledger.Entries.ToArray().Index())
        {
            found.Remove(entry.SagaId, out var effects);
            var right = entry.Fails ? expected.Failed : expected.Done;
            if (effects != right)
            {
                throw new BenchmarkFailure(
                    $"{system.Name}: saga {number} ({entry.SagaId}) should have left the effects {right ?? "none"}, but left "
                        + $"{effects ?? "none"}."
                );
            }
        }

        if (found.Count > 0)
        {
            throw new BenchmarkFailure($"{system.Name}: {found.Count} sagas left effects and were never started.");
        }
    }

    // Every effect of each saga, in the order in which they were made.
    private static async Task<Dictionary<Guid, string>> Read(SystemUnderTest system, BenchServers servers, ExpectedEnds expected)
    {
        var all = string.Join(
            " union all ",
            system.EffectSchemas.Select(schema => $"select saga_id, step, direction, at from {schema}.effect where {expected.Which}")
        );
        await using var database = servers.Open(BenchServers.ParticipantsDatabase);
        await using var command = database.CreateCommand(
            $"select saga_id, string_agg(step || ':' || direction, ',' order by {expected.Order}) from ({all}) as effect group by saga_id"
        );
        command.CommandTimeout = BenchServers.LongestCommand;
        await using var rows = await command.ExecuteReaderAsync();
        var found = new Dictionary<Guid, string>();
        while (await rows.ReadAsync())
        {
            var effects = rows.GetString(1);
            // One text for all that did the same.
            found.Add(rows.GetGuid(0), effects == expected.Done ? expected.Done : effects);
        }

        return found;
    }
}
