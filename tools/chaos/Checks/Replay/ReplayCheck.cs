using Npgsql;
using SagaOrchestrator.Chaos.Nodes.Served;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Runner.Check;
using SagaOrchestrator.Server.Sagas.OrderFulfillment;

namespace SagaOrchestrator.Chaos.Checks.Replay;

/// <summary>The history of every saga, put through the decider again, leads to the state that is stored.</summary>
internal static class ReplayCheck
{
    public static async Task<CheckResult> Run(string connection, ChaosOptions options)
    {
        var plans = Plans(options.StepTimeout, options.Attempts);
        await using var database = NpgsqlDataSource.Create(connection);
        var turns = await Turns(database);
        var findings = new List<string>();
        await foreach (var (id, version, progress) in Sagas(database))
        {
            if (Difference(plans[version], progress, turns.GetValueOrDefault(id) ?? []) is { } difference)
            {
                findings.Add(
                    $"saga {id}: {difference}; all of it: "
                        + $"{string.Join(" | ", turns.GetValueOrDefault(id, []).Select(turn => string.Join(", ", turn.Entries.Select(entry => $"{entry.Type} {entry.Step} {entry.Attempt} {entry.Reason}"))))}"
                );
            }
        }

        return new CheckResult("the history of each saga, decided again, leads to the state that is stored", findings);
    }

    /// <summary>What the nodes run by, for each version of the plan.</summary>
    public static IReadOnlyDictionary<int, PlanDefinition> Plans(TimeSpan stepTimeout, int attempts)
    {
        var settings = new OrderFulfillmentOptions
        {
            StepTimeout = stepTimeout,
            Attempts = attempts,
            FirstRetryDelay = ChaosOptions.FirstRetryDelay,
        };
        return new Plan[] { new OrderFulfillmentPlan(settings), new NextOrderPlan(settings) }.ToDictionary(
            plan => plan.Definition.Version,
            plan => plan.Definition
        );
    }

    private static string? Difference(PlanDefinition plan, string progress, IReadOnlyList<HistoryTurn> turns) =>
        HistoryReplay.Difference(plan, SagaJson.Stored<SagaProgress>(progress), turns);

    private static async IAsyncEnumerable<(Guid Id, int Version, string Progress)> Sagas(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "select id, plan_version, progress::text from orchestrator.saga where type = 'order-fulfillment'"
        );
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            yield return (row.GetGuid(0), row.GetInt32(1), row.GetString(2));
        }
    }

    private static async Task<Dictionary<Guid, List<HistoryTurn>>> Turns(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "select saga_id, at, entries::text from orchestrator.saga_turn order by saga_id, version"
        );
        await using var row = await command.ExecuteReaderAsync();
        var turns = new Dictionary<Guid, List<HistoryTurn>>();
        while (await row.ReadAsync())
        {
            var id = row.GetGuid(0);
            if (!turns.TryGetValue(id, out var ofSaga))
            {
                turns.Add(id, ofSaga = []);
            }

            ofSaga.Add(new HistoryTurn(row.GetFieldValue<DateTimeOffset>(1), SagaJson.Stored<List<HistoryEntry>>(row.GetString(2))));
        }

        return turns;
    }
}
