using MassTransit;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Host.Machine;

/// <summary>Makes commands and enquiries, and sends them into the unit of work.</summary>
internal static class CommandSender
{
    private const string Enquire = "enquire";

    public static Task Send(ISendEndpointProvider endpoints, Plan plan, SagaInstance saga, SendCommand decision)
    {
        var direction = decision.Direction == Direction.Do ? StepDirection.Do : StepDirection.Undo;
        var context = new CommandContext(saga.CorrelationId, saga.Type, decision.Step, direction, decision.Attempt, decision.CommandId);
        var command = plan.Command(decision.Step, decision.Direction, saga.View) with { Saga = context };
        return Send(endpoints, decision.Participant, command, decision.MessageId, SagaHeaders.Of(context));
    }

    public static Task Send(ISendEndpointProvider endpoints, SagaInstance saga, SendEnquiry decision)
    {
        var context = new CommandContext(
            saga.CorrelationId, saga.Type, decision.Step, StepDirection.Do, decision.Attempt, decision.CommandId);
        return Send(
            endpoints, decision.Participant, new QueryOutcome(decision.Enquiry, decision.FenceUnfinished) { Saga = context }, decision.MessageId,
            [.. SagaHeaders.Of(context), new(SagaHeaders.Direction, Enquire)]);
    }

    private static async Task Send(
        ISendEndpointProvider endpoints, string participant, SagaCommand command, Guid messageId, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var endpoint = await endpoints.GetSendEndpoint(new Uri("exchange:" + participant));
        await endpoint.Send((object)command, Pipe.Execute<SendContext>(send =>
        {
            send.MessageId = messageId;
            send.CorrelationId = command.Saga!.SagaId;
            foreach (var (name, value) in headers)
            {
                send.Headers.Set(name, value);
            }
        }));
    }
}
