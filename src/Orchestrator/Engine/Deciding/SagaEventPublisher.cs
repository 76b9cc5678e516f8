using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Deciding;

/// <summary>Publishes how a saga ended, or that it needs an operator.</summary>
internal static class SagaEventPublisher
{
    public static void Publish(UnitOfWork unit, SagaInstance saga, PublishEvent outcome) =>
        unit.Publish(
            Of(saga, outcome),
            saga.CorrelationId,
            [new(SagaHeaders.SagaId, saga.CorrelationId.ToString()), new(SagaHeaders.SagaType, saga.Type)]
        );

    private static SagaEvent Of(SagaInstance saga, PublishEvent outcome) =>
        outcome.State switch
        {
            SagaState.Completed => new SagaCompleted
            {
                SagaId = saga.CorrelationId,
                SagaType = saga.Type,
                BusinessKey = saga.BusinessKey,
                At = saga.Now,
            },
            SagaState.Failed => new SagaFailed
            {
                SagaId = saga.CorrelationId,
                SagaType = saga.Type,
                BusinessKey = saga.BusinessKey,
                At = saga.Now,
                FailedStep = saga.Progress.ForwardFailure!.Step,
                Code = saga.Progress.ForwardFailure.Code,
                Reason = saga.Progress.ForwardFailure.Reason,
                Compensated = saga.Progress.Compensated,
                NotCompensated =
                [
                    .. saga.Progress.Steps.Where(step => step.State == StepState.CompensationSkipped).Select(step => step.Name),
                ],
            },
            SagaState.Parked => new SagaParked
            {
                SagaId = saga.CorrelationId,
                SagaType = saga.Type,
                BusinessKey = saga.BusinessKey,
                At = saga.Now,
                Step = outcome.Failure!.Step,
                Code = outcome.Failure.Code,
                Reason = outcome.Failure.Reason,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.State, "Only Completed, Failed and Parked are published."),
        };
}
