using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Deciding;

/// <summary>Sends commands and enquiries with the unit of work.</summary>
internal sealed class CommandSender(OrchestratorNames names)
{
    public void Send(UnitOfWork unit, SagaCommand command, SagaInstance saga, SendCommand decision)
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
            names.Queue
        );
        unit.Send(decision.Participant, command with { Saga = context }, decision.MessageId, saga.CorrelationId, SagaHeaders.Of(context));
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
            names.Queue
        );
        unit.Send(
            decision.Participant,
            new QueryOutcome(decision.Enquiry, decision.FenceUnfinished) { Saga = context },
            decision.MessageId,
            saga.CorrelationId,
            SagaHeaders.Of(context)
        );
    }
}
