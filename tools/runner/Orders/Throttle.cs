namespace SagaOrchestrator.Runner.Orders;

/// <summary>
/// Holds back new orders while many are under way, as shops that take orders one by one would. Without it all orders
/// reserve stock before the first of them fails and gives its stock back.
/// </summary>
internal sealed class Throttle(int most)
{
    private readonly Lock gate = new();
    private long underWay;

    /// <summary>What the last look saw.</summary>
    public void Observe(long seen)
    {
        lock (gate)
        {
            underWay = seen;
        }
    }

    public async Task Enter(CancellationToken cancellationToken)
    {
        while (!TryEnter())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }
    }

    // Until the next look, an order that was let in counts as under way.
    private bool TryEnter()
    {
        lock (gate)
        {
            return underWay < most && ++underWay > 0;
        }
    }
}
