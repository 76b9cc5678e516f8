using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Deciding;

/// <summary>Sends commands and enquiries with the unit of work.</summary>
internal sealed class CommandSender(OrchestratorNames names, ParticipantFormats formats)
{
    private readonly MessageOrigin origin = MessageOrigin.Orchestrator(names.Queue);
    private readonly string replyTo = Queues.ExchangeOf(names.Queue);

    public void Send(UnitOfWork unit, SagaCommand command, SagaInstance saga, SendCommand decision, OpenSaga? open)
    {
        var direction = decision.Direction == Direction.Do ? CommandDirection.Do : CommandDirection.Undo;
        var context = new CommandContext(
            saga.CorrelationId,
            saga.Type,
            saga.BusinessKey,
            decision.Step,
            direction,
            decision.Attempt,
            decision.CommandId,
            replyTo
        );
        Send(unit, decision.Participant, command, context, decision.MessageId, open);
    }

    public void Send(UnitOfWork unit, SagaInstance saga, SendEnquiry decision)
    {
        var context = new CommandContext(
            saga.CorrelationId,
            saga.Type,
            saga.BusinessKey,
            decision.Step,
            CommandDirection.Do,
            decision.Attempt,
            decision.CommandId,
            replyTo
        );
        Send(unit, decision.Participant, new QueryOutcome(decision.Enquiry, decision.FenceUnfinished), context, decision.MessageId);
    }

    private void Send(
        UnitOfWork unit,
        string participant,
        SagaCommand command,
        CommandContext context,
        Guid? messageId,
        OpenSaga? open = null
    )
    {
        IReadOnlyList<KeyValuePair<string, string>> headers = open is null
            ? SagaHeaders.Of(context)
            : [.. SagaHeaders.Of(context), new(SagaHeaders.SubjectKey, open.KeyId)];
        var (format, exchange) = (formats.Of(participant), Queues.ExchangeOf(participant));
        if (format == MessageFormat.Envelope)
        {
            var message = command with { Saga = context };
            unit.Send(exchange, open is null ? message : open.Close(message), messageId, context.SagaId, headers);
            return;
        }

        var asked = command with { Saga = context with { ReplyFormat = format } };
        unit.Add(
            OutgoingFormats.Of(format, exchange, open is null ? asked : open.Close(asked), messageId, context.SagaId, headers, origin)
        );
    }
}
