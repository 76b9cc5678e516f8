using Microsoft.Extensions.Logging;

namespace SagaOrchestrator.Messaging.Telemetry;

internal static partial class MessagingLog
{
    [LoggerMessage(100, LogLevel.Information, "A second delivery of {MessageType} {MessageId} was recognised and changed nothing.")]
    public static partial void Duplicate(ILogger log, string messageType, Guid messageId);

    [LoggerMessage(109, LogLevel.Debug, "{MessageType} {MessageId} could not be handled and is tried again in {Wait}.")]
    public static partial void TryingAgain(ILogger log, Exception exception, string messageType, Guid messageId, TimeSpan wait);

    [LoggerMessage(
        101,
        LogLevel.Warning,
        "{Service} could not send message {MessageId} to {Destination}; it stays in the outbox and is sent later."
    )]
    public static partial void NotSent(ILogger log, Exception exception, string service, Guid messageId, string destination);

    [LoggerMessage(102, LogLevel.Warning, "{Service} could not update {Count} outbox rows; those messages may be sent a second time.")]
    public static partial void NotUpdated(ILogger log, Exception exception, string service, int count);

    [LoggerMessage(103, LogLevel.Warning, "{Service} could not read overdue messages; it will try again.")]
    public static partial void SweepFailed(ILogger log, Exception exception, string service);

    [LoggerMessage(104, LogLevel.Information, "{Service} sent {Count} messages that an interruption had left in the outbox.")]
    public static partial void Swept(ILogger log, string service, int count);

    [LoggerMessage(105, LogLevel.Information, "{Service} cannot handle message {MessageId} on this node and requeued it for others.")]
    public static partial void Requeued(ILogger log, string service, Guid messageId);

    [LoggerMessage(
        113,
        LogLevel.Warning,
        "Message {MessageId} from queue {Queue} is still being handled although its delivery was lost; it will come again, and what is "
            + "left here is not committed."
    )]
    public static partial void LeftToItself(ILogger log, Guid? messageId, string queue);

    [LoggerMessage(
        110,
        LogLevel.Error,
        "A message from queue {Queue} went to its dead-letter queue: {Reason}. {Explanation} ({Exception} {At})"
    )]
    public static partial void DeadLettered(ILogger log, string queue, string reason, string explanation, string exception, string at);

    [LoggerMessage(117, LogLevel.Warning, "{Count} messages were requeued to {Queue}, the last because of {Exception}. They come again.")]
    public static partial void Nacked(ILogger log, string queue, long count, string exception);

    [LoggerMessage(118, LogLevel.Debug, "Message {MessageId} from queue {Queue} waits in the database for {Wait}: {Reason}.")]
    public static partial void LeftToWait(ILogger log, string queue, Guid messageId, string reason, TimeSpan wait);

    [LoggerMessage(
        119,
        LogLevel.Debug,
        "Message {MessageId} from queue {Queue} waits in its place, because the database does not take it: {Reason}."
    )]
    public static partial void NotLeftToWait(ILogger log, Exception exception, string queue, Guid messageId, string reason);
}
