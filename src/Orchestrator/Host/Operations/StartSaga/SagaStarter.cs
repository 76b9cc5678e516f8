using System.Diagnostics;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Host.Breakers;
using SagaOrchestrator.Host.Machine;
using SagaOrchestrator.Host.Machine.Repository;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Host.Telemetry;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orchestrator;
using SagaOrchestrator.Outbox.Dispatch;
using SagaOrchestrator.Outbox.Envelopes;
using SagaOrchestrator.Outbox.Telemetry;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Host.Operations.StartSaga;

/// <summary>
/// Accepts a saga over REST: its row in state Started and the message that begins it, in one transaction.
/// When the caller has the answer, the saga is durable (rules S25 and S29).
/// </summary>
internal sealed class SagaStarter(ISagaStore store, ServiceOutbox outbox, SagaObserver observer, ParticipantBreakers breakers)
{
    public async Task<Started> Start(StartRequest request, CancellationToken cancellationToken)
    {
        var id = SagaIds.OfSaga(request.Plan.Type, request.BusinessKey);
        while (true)
        {
            var loaded = await store.Load(id, cancellationToken);
            if (loaded.Saga is { } existing)
            {
                var same = existing.DataHash.AsSpan().SequenceEqual(request.DataHash);
                return new Started(existing, same ? StartOutcome.Existing : StartOutcome.Conflict);
            }

            if (breakers.StopOf(request.Plan.Type) is { } stop)
            {
                throw new StartsStoppedException(stop);
            }

            var saga = new SagaInstance { CorrelationId = id };
            saga.Accept(request, loaded.Now, Activity.Current?.Id);
            try
            {
                await Commit(saga, cancellationToken);
                return new Started(saga, StartOutcome.New);
            }
            catch (ConcurrencyConflictException)
            {
                // Somebody started the same key in between; the next round finds it.
            }
        }
    }

    private async Task Commit(SagaInstance saga, CancellationToken cancellationToken)
    {
        var unit = new UnitOfWork(inbox: null);
        unit.Add(new SagaWrite(store, saga));
        unit.Send(
            Queues.Orchestrator, new SagaAccepted(saga.CorrelationId), messageId: null, saga.CorrelationId,
            [new(SagaHeaders.SagaId, saga.CorrelationId.ToString()), new(SagaHeaders.SagaType, saga.Type)]);
        unit.AfterCommit(() => observer.Started(saga));
        await outbox.Complete(unit, cancellationToken);
        CrashPoint.Pass(CrashPoint.StartCommitted);
    }
}

internal enum StartOutcome
{
    New,
    Existing,
    Conflict,
}

internal sealed record Started(SagaInstance Saga, StartOutcome Outcome);
