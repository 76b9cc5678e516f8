using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SagaOrchestrator.Choreography.Events;
using SagaOrchestrator.Choreography.Orders;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;

namespace SagaOrchestrator.Choreography.Running;

/// <summary>Stock and orders as JSON Lines, in the form that <c>infra/run</c> takes.</summary>
internal static class Files
{
    /// <summary>Adds products that are not there yet.</summary>
    public static async Task<int> LoadStock(string path, string migrator, CancellationToken cancellationToken)
    {
        var lines = File.ReadLines(path)
            .Where(line => line.Trim().Length > 0)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        await using var database = NpgsqlDataSource.Create(migrator);
        await using var command = database.CreateCommand(
            """
            insert into choreo_inventory.product (product_id, initial, available)
            select id, units, units from unnest($1, $2) as line (id, units) on conflict do nothing
            """
        );
        command.Parameters.Add(new NpgsqlParameter { Value = lines.Select(line => line.GetProperty("productId").GetString()!).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = lines.Select(line => line.GetProperty("available").GetInt32()).ToArray() });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Sends each line as an order. Whether it is one is for the receiver to say.</summary>
    public static async Task<int> Place(string path, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var broker = BusConnection.Read(configuration, "RabbitMq", Choreography.Client + ":RabbitMq");
        await using var publisher = new RabbitMqPublisher(broker, Choreography.Client, NullLogger.Instance);
        var sent = 0;
        foreach (var line in File.ReadLines(path).Where(line => line.Trim().Length > 0))
        {
            var order = new WrittenMessage(typeof(PlaceOrder), Encoding.UTF8.GetBytes($$"""{"order":{{line}}}"""));
            await publisher.Send(OutgoingEnvelope.Of(Messages.Queues.ExchangeOf(OrderDesk.Service.Name), order, null, null, []), cancellationToken);
            sent++;
        }

        return sent;
    }
}
