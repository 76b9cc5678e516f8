using System.Diagnostics.CodeAnalysis;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Repository;

/// <summary>
/// The sagas that this node wrote last. Whoever takes one has it for himself, and it comes back only by a commit; so whatever fails,
/// or loses against another node, is read anew. A stale one does no harm, because its write fails the version check (rule S27), only costs
/// a second try: when too many are stale, because other nodes handle the same sagas, the cache pauses.
/// </summary>
internal sealed class SagaCache(TimeProvider clock)
{
    private const int Capacity = 10_000;
    private const int Sample = 200;
    private const int MostStale = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private Dictionary<Guid, SagaInstance> young = [];
    private Dictionary<Guid, SagaInstance> old = [];
    private int taken;
    private int stale;
    private DateTimeOffset pausedUntil;

    /// <summary>Takes a saga out.</summary>
    public bool TryTake(Guid sagaId, [NotNullWhen(true)] out SagaInstance? saga)
    {
        lock (gate)
        {
            if (!young.Remove(sagaId, out saga) && !old.Remove(sagaId, out saga))
            {
                return false;
            }

            if (++taken >= Sample)
            {
                if (stale > MostStale)
                {
                    pausedUntil = clock.GetUtcNow() + Pause;
                    (young, old) = ([], []);
                }

                (taken, stale) = (0, 0);
            }

            return true;
        }
    }

    /// <summary>Keeps a saga as it is once the unit is committed.</summary>
    public void KeepAfter(UnitOfWork unit, SagaInstance saga)
    {
        if (!saga.Progress.HasEnded)
        {
            unit.AfterCommit(() => Keep(saga.Stored()));
        }
    }

    /// <summary>Says that a saga that was taken had been changed by another node.</summary>
    public void WasStale()
    {
        lock (gate)
        {
            stale++;
        }
    }

    private void Keep(SagaInstance saga)
    {
        lock (gate)
        {
            if (pausedUntil > clock.GetUtcNow())
            {
                return;
            }

            if (young.Count >= Capacity / 2)
            {
                (old, young) = (young, []);
            }

            young[saga.CorrelationId] = saga;
        }
    }
}
