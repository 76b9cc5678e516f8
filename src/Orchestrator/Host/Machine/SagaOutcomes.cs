using MassTransit;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Host.Machine;

/// <summary>Publishes how a saga ended, or that it needs an operator.</summary>
internal static class SagaOutcomes
{
    // MassTransit passes on the headers of the message that is being handled; these say nothing about the saga's end.
    private static readonly string[] OfTheReply = [SagaHeaders.Step, SagaHeaders.Direction, SagaHeaders.Attempt, SagaHeaders.CommandId];

    public static Task Publish(IPublishEndpoint endpoint, SagaInstance saga, PublishOutcome outcome) => outcome.State switch
    {
        SagaState.Completed => Publish(endpoint, saga, new SagaCompleted
        {
            SagaId = saga.CorrelationId, SagaType = saga.Type, BusinessKey = saga.BusinessKey, At = saga.Now,
        }),
        SagaState.Failed => Publish(endpoint, saga, new SagaFailed
        {
            SagaId = saga.CorrelationId, SagaType = saga.Type, BusinessKey = saga.BusinessKey, At = saga.Now,
            FailedStep = saga.Progress.ForwardFailure!.Step,
            Code = saga.Progress.ForwardFailure.Code,
            Reason = saga.Progress.ForwardFailure.Reason,
            Compensated = saga.Progress.Compensated,
            NotCompensated = [.. saga.Progress.Steps.Where(step => step.State == StepState.CompensationSkipped).Select(step => step.Name)],
        }),
        SagaState.Parked => Publish(endpoint, saga, new SagaParked
        {
            SagaId = saga.CorrelationId, SagaType = saga.Type, BusinessKey = saga.BusinessKey, At = saga.Now,
            Step = outcome.Failure!.Step, Code = outcome.Failure.Code, Reason = outcome.Failure.Reason,
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.State, "Only Completed, Failed and Parked are published."),
    };

    private static Task Publish<T>(IPublishEndpoint endpoint, SagaInstance saga, T outcome)
        where T : SagaOutcome =>
        endpoint.Publish(outcome, Pipe.Execute<PublishContext<T>>(publish =>
        {
            publish.CorrelationId = saga.CorrelationId;
            publish.Headers.Set(SagaHeaders.SagaId, saga.CorrelationId.ToString());
            publish.Headers.Set(SagaHeaders.SagaType, saga.Type);
            foreach (var header in OfTheReply)
            {
                publish.Headers.Set(header, null);
            }
        }));
}
