using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Engine.Feeds;

/// <summary>Tells those who wait that something was written down: one question for all of them, and none while nobody waits.</summary>
internal sealed class FeedWatch(ISagaFeed feed, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly List<Waiter> waiters = [];

    /// <summary>Waits for something later than a position.</summary>
    public async Task Later(long than, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(than);
        lock (gate)
        {
            waiters.Add(waiter);
            if (waiters.Count == 1)
            {
                _ = Task.Run(Look, CancellationToken.None);
            }
        }

        try
        {
            await waiter.Told.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (gate)
            {
                waiters.Remove(waiter);
            }
        }
    }

    private async Task Look()
    {
        while (true)
        {
            var position = await Position();
            lock (gate)
            {
                foreach (var waiter in waiters.Where(waiter => waiter.Than < position))
                {
                    waiter.Told.TrySetResult();
                }

                waiters.RemoveAll(waiter => waiter.Than < position);
                if (waiters.Count == 0)
                {
                    return;
                }
            }

            await Task.Delay(Interval, clock);
        }
    }

    // While the database is away nothing is written down, and those who wait have a patience of their own.
    private async Task<long> Position()
    {
        try
        {
            return await feed.Position(CancellationToken.None);
        }
        catch (Exception exception) when (Transient.Is(exception))
        {
            return 0;
        }
    }

    private sealed record Waiter(long Than)
    {
        public TaskCompletionSource Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
