namespace SagaOrchestrator.Messaging.RabbitMq.Connections;

/// <summary>
/// The nodes of a cluster, in an order of this process's own, so that replicas spread over them. Each connection begins with the node after
/// the one that the connection before began with: one that is sick, and still accepts connections, is left behind.
/// </summary>
internal sealed class NodeTurns
{
    private readonly int seed = Random.Shared.Next();
    private int turn = -1;

    public IReadOnlyList<BrokerNode> Next(BrokerNode[] nodes)
    {
        new Random(seed).Shuffle(nodes);
        var first = (int)((uint)Interlocked.Increment(ref turn) % (uint)nodes.Length);
        return [.. nodes[first..], .. nodes[..first]];
    }
}
