namespace SagaOrchestrator.Messaging.RabbitMq.Topology;

/// <summary>Services that react to one another's events, without an orchestrator: whose queues a broker is to have.</summary>
/// <param name="VirtualHost">The virtual host.</param>
/// <param name="Services">The services.</param>
public sealed record EventTopology(string VirtualHost, IReadOnlyList<EventService> Services)
{
    /// <summary>A user who has no queue, and writes to those of the services that are <see cref="EventService.IsOpenToClients"/>.</summary>
    public string Client { get; init; } = "client";

    /// <summary>
    /// Whether each user gets the password <c>NAME-dev</c>, which is for development only. Otherwise nobody can log in until a password is
    /// set.
    /// </summary>
    public bool DevelopmentPasswords { get; init; }
}

/// <summary>One of them.</summary>
/// <param name="Name">Its name, which is also its queue and its user.</param>
/// <param name="Publishes">The events that it alone may publish.</param>
/// <param name="Reads">The events that come to its queue.</param>
public sealed record EventService(string Name, IReadOnlyList<Type> Publishes, IReadOnlyList<Type> Reads)
{
    /// <summary>Whether the client may write to its queue.</summary>
    public bool IsOpenToClients { get; init; }
}
