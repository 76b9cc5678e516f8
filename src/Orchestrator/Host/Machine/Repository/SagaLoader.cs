using SagaOrchestrator.Outbox.Commit;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Host.Machine.Repository;

/// <summary>Gets a saga for a message: in its turn, from the cache or from the store.</summary>
internal sealed class SagaLoader(ISagaStore store, SagaTurns turns, SagaCache cache, DatabaseClock clock)
{
    /// <summary>Loads a saga for a unit, which has it to itself until it is through.</summary>
    public async Task<LoadedSaga> Load(Guid sagaId, UnitOfWork unit, CancellationToken cancellationToken)
    {
        unit.Hold(await turns.Enter(sagaId, cancellationToken));
        if (unit.IsFirstDelivery && clock.Now is { } now && cache.TryTake(sagaId, out var cached))
        {
            cached.Now = now;
            cached.WasStale = cache.WasStale;
            return new LoadedSaga(cached, now);
        }

        return await store.Load(sagaId, cancellationToken);
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
