using System.Diagnostics;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Deciding;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orchestrator;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Starting;

/// <summary>
/// Accepts a saga over REST: its row in state Started and the message that begins it, in one transaction.
/// When the caller has the answer, the saga is durable (rules S25 and S29).
/// </summary>
internal sealed class RequestStarts(
    ISagaStore store,
    ServiceOutbox outbox,
    OrchestratorNames names,
    SagaObserver observer,
    ParticipantBreakers breakers,
    SensitiveSagas sensitive,
    PlanCatalogue plans
)
{
    // The first conflict is another start of the same key, which the second round finds.
    private const int Rounds = 5;

    public async Task<StartResult> Start(StartRequest request, CancellationToken cancellationToken)
    {
        var id = SagaIds.OfSaga(request.Plan.Type, request.BusinessKey);
        for (var round = 1; ; round++)
        {
            var loaded = await store.Load(id, cancellationToken);
            if (loaded.Saga is { } existing)
            {
                var isSame = await sensitive.IsStartedWith(existing, request, cancellationToken);
                return new StartResult(existing, isSame ? StartOutcome.Existing : StartOutcome.Conflict);
            }

            plans.ThrowIfUnread(request.Plan.Type);
            if (breakers.StopOf(request.Plan.Type) is { } stop)
            {
                throw new StartsStoppedException(stop);
            }

            var saga = new SagaInstance { CorrelationId = id };
            saga.Accept(await sensitive.Close(request, id, cancellationToken), loaded.Now, Activity.Current?.Id);
            try
            {
                await Commit(saga, cancellationToken);
                return new StartResult(saga, StartOutcome.New);
            }
            catch (ConcurrencyConflictException) when (round < Rounds)
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
            Queues.ExchangeOf(names.Queue),
            new SagaAccepted(saga.CorrelationId),
            messageId: null,
            saga.CorrelationId,
            [new(SagaHeaders.SagaId, saga.CorrelationId.ToString()), new(SagaHeaders.SagaType, saga.Type)]
        );
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

internal sealed record StartResult(SagaInstance Saga, StartOutcome Outcome);
