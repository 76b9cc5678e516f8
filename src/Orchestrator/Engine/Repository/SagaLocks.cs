namespace SagaOrchestrator.Engine.Repository;

/// <summary>
/// Lets the messages of one saga come one after another within this node, from its load to its commit. Between nodes the version check
/// decides; here it would only make neighbours fail and try again.
/// </summary>
internal sealed class SagaLocks
{
    // A saga that is here is being handled; those who wait for it are in the queue, which is made for the first of them.
    private readonly Dictionary<Guid, Queue<TaskCompletionSource>?> handled = [];

    /// <summary>Waits for the saga's turn, which ends when the result is disposed.</summary>
    public async Task<IDisposable> Enter(Guid sagaId, CancellationToken cancellationToken)
    {
        if (Queue(sagaId) is { } mine)
        {
            await using var withdrawal = cancellationToken.UnsafeRegister(
                static (waiter, token) => ((TaskCompletionSource)waiter!).TrySetCanceled(token),
                mine
            );
            await mine.Task;
        }

        return new Turn(this, sagaId);
    }

    private TaskCompletionSource? Queue(Guid sagaId)
    {
        lock (handled)
        {
            if (handled.TryAdd(sagaId, null))
            {
                return null;
            }

            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (handled[sagaId] ??= []).Enqueue(mine);
            return mine;
        }
    }

    private void Leave(Guid sagaId)
    {
        lock (handled)
        {
            var queue = handled[sagaId];
            while (queue is { Count: > 0 })
            {
                // One that has given up in the meantime is passed over.
                if (queue.Dequeue().TrySetResult())
                {
                    return;
                }
            }

            handled.Remove(sagaId);
        }
    }

    private sealed class Turn(SagaLocks turns, Guid sagaId) : IDisposable
    {
        private bool left;

        public void Dispose()
        {
            if (!left)
            {
                left = true;
                turns.Leave(sagaId);
            }
        }
    }
}
