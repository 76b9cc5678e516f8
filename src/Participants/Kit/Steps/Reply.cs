using System.Text.Json;
using System.Text.Json.Serialization;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Participants.Sensitive;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>Makes replies and sends them to the orchestrator, through the unit of work of the command.</summary>
internal static class Reply
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string? Store(StepOutcome outcome, ResultSeal? seal = null) =>
        outcome switch
        {
            StepOutcome.Completed completed => completed.Result is null
                ? null
                : Sealed(completed.Result.GetType(), JsonSerializer.Serialize(completed.Result, completed.Result.GetType(), Json), seal),
            StepOutcome.Rejected rejected => JsonSerializer.Serialize(
                rejected with
                {
                    Code = ReplyText.Code(rejected.Code),
                    Reason = ReplyText.Reason(rejected.Reason),
                },
                Json
            ),
            _ => null,
        };

    private static string Sealed(Type type, string result, ResultSeal? seal) => seal is null ? result : seal.Close(type, result);

    public static void Completed(UnitOfWork unit, CommandContext command, string? result) =>
        Send(
            unit,
            command,
            new SagaStepCompleted
            {
                SagaId = command.SagaId,
                Step = command.Step,
                CommandId = command.CommandId,
                Attempt = command.Attempt,
                Result = result is null ? null : JsonSerializer.Deserialize<JsonElement>(result),
            }
        );

    public static void RejectedAgain(UnitOfWork unit, CommandContext command, string stored)
    {
        var rejected = JsonSerializer.Deserialize<StepOutcome.Rejected>(stored, Json)!;
        Failed(unit, command, FailureKind.Rejected, rejected.Code, rejected.Reason);
    }

    public static void Failed(UnitOfWork unit, CommandContext command, FailureKind kind, string code, string reason) =>
        Send(
            unit,
            command,
            new SagaStepFailed
            {
                SagaId = command.SagaId,
                Step = command.Step,
                CommandId = command.CommandId,
                Attempt = command.Attempt,
                Kind = kind,
                Code = ReplyText.Code(code),
                Reason = ReplyText.Reason(reason),
            }
        );

    public static void Undone(UnitOfWork unit, CommandContext command, bool nothingToUndo) =>
        Send(
            unit,
            command,
            new SagaCompensationCompleted
            {
                SagaId = command.SagaId,
                Step = command.Step,
                CommandId = command.CommandId,
                Attempt = command.Attempt,
                NothingToUndo = nothingToUndo,
            }
        );

    public static void NotUndone(UnitOfWork unit, CommandContext command, string code, string reason) =>
        Send(
            unit,
            command,
            new SagaCompensationFailed
            {
                SagaId = command.SagaId,
                Step = command.Step,
                CommandId = command.CommandId,
                Attempt = command.Attempt,
                Code = ReplyText.Code(code),
                Reason = ReplyText.Reason(reason),
            }
        );

    public static void Progressed(UnitOfWork unit, CommandContext command, string? note) =>
        Send(
            unit,
            command,
            new SagaStepProgressed
            {
                SagaId = command.SagaId,
                Step = command.Step,
                CommandId = command.CommandId,
                Attempt = command.Attempt,
                Note = ReplyText.Note(note),
            }
        );

    public static void Reported(UnitOfWork unit, CommandContext command, ReportedOutcome outcome, string? result = null) =>
        Send(
            unit,
            command,
            new SagaStepOutcomeReported
            {
                SagaId = command.SagaId,
                Step = command.Step,
                CommandId = command.CommandId,
                Attempt = command.Attempt,
                Outcome = outcome,
                Result = result is null ? null : JsonSerializer.Deserialize<JsonElement>(result),
            }
        );

    private static void Send(UnitOfWork unit, CommandContext command, SagaReply reply)
    {
        var headers = SagaHeaders.Of(command);
        if (command.ReplyFormat is null or MessageFormat.Envelope)
        {
            unit.Send(command.ReplyTo, reply, messageId: null, command.SagaId, headers);
            return;
        }

        var (format, origin) = (command.ReplyFormat.Value, MessageOrigin.Step(command.Step));
        unit.Add(OutgoingFormats.Of(format, command.ReplyTo, reply, messageId: null, command.SagaId, headers, origin));
    }
}
