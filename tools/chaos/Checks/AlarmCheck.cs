using System.Text.Json;
using Npgsql;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Checks;

/// <summary>Every saga that was parked has published it.</summary>
internal static class AlarmCheck
{
    private const string Queue = "chaos.parked";
    private const int Batch = 500;

    /// <summary>Subscribes to the alarms, as whoever wakes the operator would.</summary>
    public static Task Subscribe(BrokerCluster broker) => broker.Subscribe(Queue, "SagaOrchestrator.Messages:SagaParked");

    /// <summary>Takes the alarms out, and compares them with the histories.</summary>
    public static async Task<CheckResult> Run(string connection, BrokerCluster broker)
    {
        var raised = new HashSet<Guid>();
        IReadOnlyList<JsonElement> messages;
        while ((messages = await broker.Read(Queue, Batch, take: true)).Count > 0)
        {
            raised.UnionWith(messages.Select(message => SagaOf(message.GetProperty("payload").GetString()!)));
        }

        return new CheckResult(
            "every saga that was parked raised its alarm",
            [.. (await Parked(connection)).Except(raised).Select(saga => $"saga {saga} was parked, and no SagaParked was published")]
        );
    }

    private static Guid SagaOf(string payload) =>
        JsonDocument.Parse(payload).RootElement.GetProperty("message").GetProperty("sagaId").GetGuid();

    private static async Task<IReadOnlyList<Guid>> Parked(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(
            "select distinct saga_id from orchestrator.saga_history where type = 'saga_parked'"
        );
        await using var row = await command.ExecuteReaderAsync();
        var parked = new List<Guid>();
        while (await row.ReadAsync())
        {
            parked.Add(row.GetGuid(0));
        }

        return parked;
    }
}
