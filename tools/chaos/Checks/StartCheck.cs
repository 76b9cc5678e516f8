using Npgsql;
using SagaOrchestrator.Chaos.Load;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Checks;

/// <summary>What the client was told, beside what is there.</summary>
internal static class StartCheck
{
    public static async Task<IReadOnlyList<CheckResult>> Run(string connection, StartHistory history)
    {
        var stored = await Stored(connection);
        string Is(string key) => stored.ContainsKey(key) ? "it is" : "it is not";
        return
        [
            new CheckResult(
                "every start that was accepted has its saga",
                [
                    .. history
                        .Starts.Where(start => start.Value is { } id && stored.GetValueOrDefault(start.Key) != id)
                        .Select(start =>
                            $"order {start.Key} was accepted as saga {start.Value}; stored is {stored.GetValueOrDefault(start.Key)}"
                        ),
                ]
            ),
            new CheckResult(
                "every start was accepted in the end",
                [
                    .. history
                        .Starts.Where(start => start.Value is null)
                        .Select(start =>
                            $"order {start.Key} was never accepted; {Is(start.Key)} stored; heard last: {history.LastHeard(start.Key)}"
                        ),
                ]
            ),
            new CheckResult(
                "there is no saga that nobody asked for",
                [
                    .. stored
                        .Keys.Where(key => !history.Starts.ContainsKey(key))
                        .Select(key => $"saga {stored[key]} has the business key {key}"),
                ]
            ),
            new CheckResult("every answer to a start was one that a client can use", [.. history.Complaints]),
        ];
    }

    private static async Task<Dictionary<string, Guid>> Stored(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand("select business_key, id from orchestrator.saga where type = 'order-fulfillment'");
        await using var row = await command.ExecuteReaderAsync();
        var stored = new Dictionary<string, Guid>(StringComparer.Ordinal);
        while (await row.ReadAsync())
        {
            stored.Add(row.GetString(0), row.GetGuid(1));
        }

        return stored;
    }
}
