using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Participants.Kit.Steps;

/// <summary>Makes replies and sends them to the orchestrator, through the unit of work of the command.</summary>
internal static class Reply
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // NUL characters cannot be stored as JSON; a sentence for people can do without.
    private static string Text(string text) => text.Replace('\0', '\uFFFD');

    public static string? Store(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Completed completed => completed.Result is null ? null : JsonSerializer.Serialize(completed.Result, completed.Result.GetType(), Json),
        StepOutcome.Rejected rejected => JsonSerializer.Serialize(rejected with { Code = Text(rejected.Code), Reason = Text(rejected.Reason) }, Json),
        _ => null,
    };

    public static Task Completed(ISendEndpointProvider endpoints, CommandContext command, string? result) => Send(endpoints, command, new SagaStepCompleted
    {
        SagaId = command.SagaId, Step = command.Step, CommandId = command.CommandId, Attempt = command.Attempt,
        Result = result is null ? null : JsonSerializer.Deserialize<JsonElement>(result),
    });

    public static Task RejectedAgain(ISendEndpointProvider endpoints, CommandContext command, string stored)
    {
        var rejected = JsonSerializer.Deserialize<StepOutcome.Rejected>(stored, Json)!;
        return Failed(endpoints, command, FailureKind.Rejected, rejected.Code, rejected.Reason);
    }

    public static Task Failed(ISendEndpointProvider endpoints, CommandContext command, FailureKind kind, string code, string reason) =>
        Send(endpoints, command, new SagaStepFailed
        {
            SagaId = command.SagaId, Step = command.Step, CommandId = command.CommandId, Attempt = command.Attempt,
            Kind = kind, Code = code, Reason = reason,
        });

    public static Task Undone(ISendEndpointProvider endpoints, CommandContext command, bool nothingToUndo) =>
        Send(endpoints, command, new SagaCompensationCompleted
        {
            SagaId = command.SagaId, Step = command.Step, CommandId = command.CommandId, Attempt = command.Attempt,
            NothingToUndo = nothingToUndo,
        });

    public static Task NotUndone(ISendEndpointProvider endpoints, CommandContext command, string code, string reason) =>
        Send(endpoints, command, new SagaCompensationFailed
        {
            SagaId = command.SagaId, Step = command.Step, CommandId = command.CommandId, Attempt = command.Attempt,
            Code = code, Reason = reason,
        });

    public static Task Progressed(ISendEndpointProvider endpoints, CommandContext command, string? note) => Send(endpoints, command, new SagaStepProgressed
    {
        SagaId = command.SagaId, Step = command.Step, CommandId = command.CommandId, Attempt = command.Attempt, Note = note,
    });

    public static Task Reported(ISendEndpointProvider endpoints, CommandContext command, ReportedOutcome outcome, string? result = null) =>
        Send(endpoints, command, new SagaOutcomeReported
        {
            SagaId = command.SagaId, Step = command.Step, CommandId = command.CommandId, Attempt = command.Attempt,
            Outcome = outcome, Result = result is null ? null : JsonSerializer.Deserialize<JsonElement>(result),
        });

    private static async Task Send<T>(ISendEndpointProvider endpoints, CommandContext command, T reply)
        where T : SagaReply
    {
        var endpoint = await endpoints.GetSendEndpoint(new Uri("exchange:" + Queues.Orchestrator));
        await endpoint.Send(reply, Pipe.Execute<SendContext<T>>(send =>
        {
            send.CorrelationId = command.SagaId;
            foreach (var (name, value) in SagaHeaders.Of(command))
            {
                send.Headers.Set(name, value);
            }
        }));
    }
}
