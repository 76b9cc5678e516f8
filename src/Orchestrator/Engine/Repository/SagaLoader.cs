using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Repository;

/// <summary>Gets a saga for a message: in its turn, from the cache or from the store.</summary>
internal sealed class SagaLoader(ISagaStore store, SagaLocks turns, SagaCache cache, DatabaseClock clock)
{
    /// <summary>Loads a saga for a unit, which has it to itself until it is through.</summary>
    /// <param name="sagaId">Which saga.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="isStart">Whether the message starts sagas. Then there is none most likely, and nobody asks: its insert fails when there
    /// is one, and the second attempt reads it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LoadedSaga> Load(Guid sagaId, UnitOfWork unit, bool isStart, CancellationToken cancellationToken)
    {
        unit.Hold(await turns.Enter(sagaId, cancellationToken));
        if (!unit.IsFirstDelivery || clock.Now is not { } now)
        {
            return await store.Load(sagaId, cancellationToken);
        }

        if (cache.TryTake(sagaId, out var cached))
        {
            cached.Now = now;
            cached.WasStale = cache.WasStale;
            return new LoadedSaga(cached, now);
        }

        return isStart ? new LoadedSaga(null, now) : await store.Load(sagaId, cancellationToken);
    }

    /// <summary>Notes the saga's write in the unit.</summary>
    public void Write(UnitOfWork unit, SagaInstance saga)
    {
        if (saga.Changed)
        {
            unit.Add(new SagaWrite(store, saga));
            if (clock.Now is not null)
            {
                cache.KeepAfter(unit, saga);
            }
        }
        else if (saga.WasStale is not null)
        {
            // Nothing is written, so no version check would tell if this was decided from an old state. A fresh one decides.
            throw new ConcurrencyConflictException($"Saga {saga.CorrelationId} may have changed; it is read again.");
        }
    }
}
