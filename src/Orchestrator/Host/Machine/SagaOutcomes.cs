using MassTransit;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Host.Machine;

/// <summary>Publishes how a saga ended, or that it needs an operator.</summary>
internal static class SagaOutcomes
{
    // MassTransit passes on the headers of the message that is being handled; these say nothing about the saga's end.
    private static readonly string[] OfTheReply = [SagaHeaders.Step, SagaHeaders.Direction, SagaHeaders.Attempt, SagaHeaders.CommandId];

    public static Task Publish(ConsumeContext context, SagaInstance saga, SagaState state) => state switch
    {
        SagaState.Completed => Publish(context, saga, new SagaCompleted
        {
            SagaId = saga.CorrelationId, SagaType = saga.Type, BusinessKey = saga.BusinessKey, At = saga.Now,
        }),
        SagaState.Failed => Publish(context, saga, new SagaFailed
        {
            SagaId = saga.CorrelationId, SagaType = saga.Type, BusinessKey = saga.BusinessKey, At = saga.Now,
            FailedStep = saga.Progress.ForwardFailure!.Step,
            Code = saga.Progress.ForwardFailure.Code,
            Reason = saga.Progress.ForwardFailure.Reason,
            Compensated = saga.Progress.Compensated,
        }),
        SagaState.Parked => Publish(context, saga, new SagaParked
        {
            SagaId = saga.CorrelationId, SagaType = saga.Type, BusinessKey = saga.BusinessKey, At = saga.Now,
            Step = saga.Progress.CompensationFailure!.Step,
            Code = saga.Progress.CompensationFailure.Code,
            Reason = saga.Progress.CompensationFailure.Reason,
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Only Completed, Failed and Parked are published."),
    };

    private static Task Publish<T>(ConsumeContext context, SagaInstance saga, T outcome)
        where T : SagaOutcome =>
        context.Publish(outcome, Pipe.Execute<PublishContext<T>>(publish =>
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
