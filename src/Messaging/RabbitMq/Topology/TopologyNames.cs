namespace SagaOrchestrator.Messaging.RabbitMq.Topology;

/// <summary>Whose queues a broker is to have.</summary>
/// <param name="VirtualHost">The virtual host.</param>
/// <param name="Orchestrator">The orchestrator's queue, which is also its user.</param>
/// <param name="Participants">The participants' queues, which are also their users.</param>
public sealed record TopologyNames(string VirtualHost, string Orchestrator, IReadOnlyList<string> Participants)
{
    /// <summary>Further orchestrators that the same participants and clients write to.</summary>
    public IReadOnlyList<string> OtherOrchestrators { get; init; } = [];

    /// <summary>
    /// Whether each user gets the password <c>NAME-dev</c>, which is for development only. Otherwise nobody can log in until a password is
    /// set.
    /// </summary>
    public bool DevelopmentPasswords { get; init; }

    internal IEnumerable<string> AllOrchestrators => [Orchestrator, .. OtherOrchestrators];
}
