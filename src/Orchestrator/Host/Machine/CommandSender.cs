using MassTransit;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Host.Machine;

/// <summary>Makes a step's command and sends it into the unit of work.</summary>
internal static class CommandSender
{
    public static async Task Send(ConsumeContext context, Plan plan, SagaInstance saga, SendCommand decision)
    {
        var direction = decision.Direction == Direction.Do ? StepDirection.Do : StepDirection.Undo;
        var command = plan.Command(decision.Step, decision.Direction, saga.View) with
        {
            Saga = new CommandContext(
                saga.CorrelationId, saga.Type, decision.Step, direction, decision.Attempt, decision.CommandId),
        };
        var endpoint = await context.GetSendEndpoint(new Uri("exchange:" + decision.Participant));
        await endpoint.Send((object)command, Pipe.Execute<SendContext>(send =>
        {
            send.MessageId = decision.MessageId;
            send.CorrelationId = saga.CorrelationId;
            foreach (var (name, value) in SagaHeaders.Of(command.Saga))
            {
                send.Headers.Set(name, value);
            }
        }));
    }
}
