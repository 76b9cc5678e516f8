using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Senders;

namespace SagaOrchestrator.Engine.Machine;

/// <summary>Turns the words of the wire into the decider's.</summary>
/// <param name="origins">Whose replies count.</param>
/// <param name="senders">Say who sent a message; null in memory, where nobody has a name.</param>
internal sealed class ReplyInputs(OriginOptions origins, MessageSenders? senders = null)
{
    public ReplyInput From<T>(ConsumeContext<T> context)
        where T : SagaReply => Of(context.Message) with { From = origins.Of(context, senders) };

    public static JsonElement? ResultOf(SagaReply reply) =>
        reply switch
        {
            SagaStepCompleted completed => completed.Result,
            SagaStepOutcomeReported reported => reported.Result,
            _ => null,
        };

    private static ReplyInput Of(SagaReply reply) =>
        reply switch
        {
            SagaStepCompleted or SagaStepOutcomeReported { Outcome: ReportedOutcome.Done } => new StepSucceeded(
                reply.Step,
                reply.CommandId,
                reply.Attempt
            ),
            SagaStepFailed { Kind: FailureKind.Rejected } failed => new StepRejected(
                reply.Step,
                reply.CommandId,
                reply.Attempt,
                failed.Code,
                failed.Reason
            ),
            SagaStepFailed failed => new StepFaulted(reply.Step, reply.CommandId, reply.Attempt, failed.Code, failed.Reason),
            SagaStepOutcomeReported { Outcome: ReportedOutcome.NotDone } => new StepNotDone(reply.Step, reply.CommandId, reply.Attempt),
            SagaStepProgressed progressed => new StepProgressed(reply.Step, reply.CommandId, reply.Attempt)
            {
                Note = string.IsNullOrWhiteSpace(progressed.Note) ? null : progressed.Note,
            },
            SagaStepOutcomeReported => new StepProgressed(reply.Step, reply.CommandId, reply.Attempt),
            SagaCompensationCompleted completed => new CompensationSucceeded(reply.Step, reply.CommandId, reply.Attempt)
            {
                NothingToUndo = completed.NothingToUndo,
            },
            SagaCompensationFailed failed => new CompensationFailed(reply.Step, reply.CommandId, reply.Attempt, failed.Code, failed.Reason),
            _ => throw new ArgumentOutOfRangeException(nameof(reply), reply, "The reply is new here. Teach it to the decider."),
        };
}
