using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Envelopes;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Host.Machine;

/// <summary>Sends commands and enquiries with the unit of work.</summary>
internal static class CommandSender
{
    public static void Send(UnitOfWork unit, SagaCommand command, SagaInstance saga, SendCommand decision)
    {
        var direction = decision.Direction == Direction.Do ? StepDirection.Do : StepDirection.Undo;
        var context = new CommandContext(saga.CorrelationId, saga.Type, decision.Step, direction, decision.Attempt, decision.CommandId);
        unit.Send(decision.Participant, command with { Saga = context }, decision.MessageId, saga.CorrelationId, SagaHeaders.Of(context));
    }

    public static void Send(UnitOfWork unit, SagaInstance saga, SendEnquiry decision)
    {
        var context = new CommandContext(
            saga.CorrelationId, saga.Type, decision.Step, StepDirection.Do, decision.Attempt, decision.CommandId);
        unit.Send(
            decision.Participant, new QueryOutcome(decision.Enquiry, decision.FenceUnfinished) { Saga = context }, decision.MessageId, saga.CorrelationId,
            SagaHeaders.Of(context));
    }
}
