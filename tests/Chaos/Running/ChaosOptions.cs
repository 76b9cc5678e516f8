namespace SagaOrchestrator.Chaos.Running;

/// <summary>How much of what.</summary>
/// <param name="Minutes">How long faults strike.</param>
/// <param name="Sagas">How many sagas are started in that time.</param>
/// <param name="Seed">What orders and faults are drawn from.</param>
/// <param name="Failing">The share of orders that a participant rejects, at a random step.</param>
/// <param name="Interval">The mean time between two faults.</param>
/// <param name="Replicas">Of the orchestrator.</param>
/// <param name="BrokerNodes">One, or three.</param>
/// <param name="PostgresServers">One, or a primary and its standby.</param>
/// <param name="PortBase">The first of the ports.</param>
/// <param name="Root">The clone.</param>
/// <param name="Data">What the servers keep; must not exist.</param>
/// <param name="Logs">Where journal and logs go.</param>
internal sealed record ChaosOptions(
    double Minutes, int Sagas, int Seed, double Failing, TimeSpan Interval, int Replicas, int BrokerNodes, int PostgresServers, int PortBase, string Root, string Data, string Logs)
{
    /// <summary>How long a step may take, and so how long the slowest saga waits for what was lost.</summary>
    public static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(10);

    public TimeSpan Duration => TimeSpan.FromMinutes(Minutes);

    public int PostgresPort => PortBase + 1;

    public int ApiPort => PortBase + 4;

    public int BrokerPortBase => PortBase + 10;
}
