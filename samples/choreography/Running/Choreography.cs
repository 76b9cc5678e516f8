using Microsoft.Extensions.Hosting;
using Npgsql;
using SagaOrchestrator.Choreography.Hosting;
using SagaOrchestrator.Choreography.Inventory;
using SagaOrchestrator.Choreography.Notifications;
using SagaOrchestrator.Choreography.Orders;
using SagaOrchestrator.Choreography.Payments;
using SagaOrchestrator.Choreography.Shipping;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Topology;

namespace SagaOrchestrator.Choreography.Running;

/// <summary>The services together. This list is the only place where the whole process can be seen.</summary>
internal static class Choreography
{
    public const string Client = "choreo_client";

    public static IReadOnlyList<Service> Services { get; } =
    [OrderDesk.Service, Stock.Service, Charges.Service, Shipments.Service, Confirmations.Service];

    /// <summary>What the broker must have.</summary>
    public static string Definitions(string virtualHost) =>
        RabbitMqDefinitions.Of(
            new EventTopology(virtualHost, [.. Services.Select(service => service.Topology)])
            {
                Client = Client,
                DevelopmentPasswords = true,
            }
        );

    /// <summary>Makes roles and tables.</summary>
    public static async Task Migrate(string migrator, CancellationToken cancellationToken)
    {
        await using (var database = NpgsqlDataSource.Create(migrator))
        {
            await using var roles = database.CreateCommand(
                ServiceRoles.Script(Services.Select(service => service.Name), developmentPasswords: true)
            );
            await roles.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var service in Services)
        {
            await service.Migration(migrator).Apply(Console.Out, cancellationToken);
        }
    }

    /// <summary>Runs all services in this process until it is asked to end.</summary>
    public static async Task<int> Serve(CancellationToken cancellationToken)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Services.Select(ServiceHost.Build).ToList().ConvertAll(host => host.RunAsync(together.Token));
        // They live and die together: whatever runs this process starts it again.
        await Task.WhenAny(running);
        await together.CancelAsync();
        await Task.WhenAll(running);
        return cancellationToken.IsCancellationRequested ? 0 : 1;
    }
}
