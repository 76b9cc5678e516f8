using System.Diagnostics;
using MassTransit;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Deciding;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Starting;

/// <summary>Sagas that a message starts.</summary>
internal sealed class MessageStarts(
    SagaEngine engine,
    SagaObserver observer,
    ParticipantBreakers breakers,
    SensitiveSagas sensitive,
    PlanCatalogue plans
)
{
    private static readonly TimeSpan WhileStopped = TimeSpan.FromSeconds(15);

    /// <summary>Accepted and begun at once.</summary>
    public async Task Start(BehaviorContext<SagaInstance> context, StartRequest request)
    {
        plans.ThrowIfUnread(request.Plan.Type);
        if (breakers.StopOf(request.Plan.Type) is { } stop)
        {
            // The message is innocent, and no node may start it now.
            throw new NotOnThisNodeException(
                $"Starts of '{stop.Name}' were stopped by {stop.By}: {stop.Reason} The message waits until they go on.",
                "starts-stopped",
                WhileStopped
            );
        }

        request = await sensitive.Close(request, context.Saga.CorrelationId, context.CancellationToken);
        context.Saga.Accept(request, context.Saga.Now, Activity.Current?.Id);
        var work = TurnWork.Of(context, data: null);
        work.Unit.AfterCommit(() => observer.Started(context.Saga));
        await engine.Apply(context.Saga, new Begin(), work);
    }

    /// <summary>The same key again: the same data changes nothing, other data is a conflict (rule S29).</summary>
    public async Task StartAgain(SagaInstance saga, StartRequest request, CancellationToken cancellationToken)
    {
        if (!await sensitive.IsStartedWith(saga, request, cancellationToken))
        {
            throw new RefusedMessageException(
                DeadLetterReason.Conflict,
                $"'{request.BusinessKey}' is the business key of saga {saga.CorrelationId}, which was started with other data. Use "
                    + $"another key, or drop this message."
            );
        }
    }
}
