using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>Reads which step a command is for.</summary>
internal static class Commands
{
    // It is answered in the format that it came in, also later.
    private static CommandContext Answered(CommandContext command, MessageFormat format) =>
        format == MessageFormat.Envelope || command.ReplyFormat is not null ? command : command with { ReplyFormat = format };

    public static CommandContext Of<T>(ConsumeContext<T> context, CommandDirection expected)
        where T : SagaCommand
    {
        var command = context.Message.Saga;
        if (command is null || command.SagaId == Guid.Empty || string.IsNullOrEmpty(command.Step))
        {
            throw new RefusedMessageException(
                "malformed",
                $"The command {typeof(T).Name} does not say which saga and step it is for. Set 'saga' with sagaId, sagaType, businessKey, "
                    + $"step, direction, attempt, commandId and replyTo."
            );
        }

        return command.Direction == expected
            ? Answered(command, context.Format())
            : throw new RefusedMessageException(
                "malformed",
                $"The command {typeof(T).Name} has the direction '{command.Direction}', but it is for '{expected}'. Correct saga.direction."
            );
    }
}
