using Microsoft.Extensions.Configuration;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Topology;

namespace SagaOrchestrator.Choreography.Hosting;

/// <summary>One service. Its name is also its queue, its broker user, its schema and its role.</summary>
/// <param name="Name">The name.</param>
/// <param name="Publishes">Its events.</param>
/// <param name="Reads">The events that it reacts to.</param>
/// <param name="React">Says how.</param>
internal sealed record Service(
    string Name,
    IReadOnlyList<Type> Publishes,
    IReadOnlyList<Type> Reads,
    Action<Reactions, ServiceDatabase, IConfiguration> React
)
{
    /// <summary>Whether a client may write to its queue.</summary>
    public bool IsOpenToClients { get; init; }

    public EventService Topology => new(Name, Publishes, Reads) { IsOpenToClients = IsOpenToClients };

    /// <summary>Its tables, beside inbox and outbox.</summary>
    public SchemaMigration Migration(string? migrator) =>
        new(migrator, Name, Name, [.. SchemaScript.Outbox, .. SchemaScript.Embedded(typeof(Service).Assembly, Name + "/")]);
}
