using Microsoft.Extensions.Logging;

namespace SagaOrchestrator.Messaging.Telemetry;

internal static partial class OutboxLog
{
    [LoggerMessage(100, LogLevel.Information, "A second delivery of {MessageType} {MessageId} was recognised and changed nothing.")]
    public static partial void Duplicate(ILogger log, string messageType, Guid messageId);

    [LoggerMessage(109, LogLevel.Debug, "{MessageType} {MessageId} could not be handled and is tried again in {Wait}.")]
    public static partial void TryingAgain(ILogger log, Exception exception, string messageType, Guid messageId, TimeSpan wait);

    [LoggerMessage(101, LogLevel.Warning, "{Service} could not send message {MessageId} to {Destination}; it stays in the outbox and is sent later.")]
    public static partial void NotSent(ILogger log, Exception exception, string service, Guid messageId, string destination);

    [LoggerMessage(102, LogLevel.Warning, "{Service} could not update {Count} outbox rows; those messages may be sent a second time.")]
    public static partial void NotForgotten(ILogger log, Exception exception, string service, int count);

    [LoggerMessage(108, LogLevel.Warning, "RabbitMQ at {Nodes} cannot be reached for sending; messages stay in the outbox.")]
    public static partial void NotConnected(ILogger log, Exception exception, string nodes);

    [LoggerMessage(103, LogLevel.Warning, "{Service} could not look for overdue messages; it will try again.")]
    public static partial void SweepFailed(ILogger log, Exception exception, string service);

    [LoggerMessage(104, LogLevel.Information, "{Service} sent {Count} messages that an interruption had left in the outbox.")]
    public static partial void Swept(ILogger log, string service, int count);

    [LoggerMessage(105, LogLevel.Information, "{Service} cannot handle message {MessageId} on this node and left it to others.")]
    public static partial void PutBack(ILogger log, string service, Guid messageId);

    [LoggerMessage(106, LogLevel.Information, "{Count} {What} older than {Age} were deleted.")]
    public static partial void CleanedUp(ILogger log, long count, string what, TimeSpan age);

    [LoggerMessage(107, LogLevel.Warning, "The clean-up failed; it will try again.")]
    public static partial void CleanUpFailed(ILogger log, Exception exception);

    [LoggerMessage(111, LogLevel.Warning, "Queue {Queue} has messages, but served none for {Patience}; the connection is broken and made anew.")]
    public static partial void ConsumerStalled(ILogger log, string queue, TimeSpan patience);

    [LoggerMessage(116, LogLevel.Information, "Queue {Queue} has served nothing for a while; its connection is made anew, in case the broker has lost a delivery.")]
    public static partial void ConsumerRenewed(ILogger log, string queue);

    [LoggerMessage(113, LogLevel.Warning, "Message {MessageId} from queue {Queue} is still being handled although its delivery was lost; it will come again, and what is left here is not committed.")]
    public static partial void LeftToItself(ILogger log, Guid? messageId, string queue);

    [LoggerMessage(112, LogLevel.Critical, "Queue {Queue} serves nothing on any connection. This process ends, so that it is started anew.")]
    public static partial void ConsumerLost(ILogger log, string queue);

    [LoggerMessage(114, LogLevel.Critical, "The connection on which queue {Queue} was read is closed, and for {Patience} no other was opened although the broker answers. This process ends with status 1. Start it anew, if nothing does.")]
    public static partial void BusStuck(ILogger log, string queue, TimeSpan patience);

    [LoggerMessage(115, LogLevel.Debug, "Delivery {Tag} was handled, and could not be committed or given back. It comes again.")]
    public static partial void GivenBack(ILogger log, Exception exception, ulong tag);

    [LoggerMessage(110, LogLevel.Error, "A message from queue {Queue} went to its dead-letter queue: {Reason}. {Explanation} ({Exception} {At})")]
    public static partial void DeadLettered(ILogger log, string queue, string reason, string explanation, string exception, string at);

    [LoggerMessage(117, LogLevel.Warning, "{Count} messages went back to queue {Queue}, the last because of {Exception}. They come again.")]
    public static partial void Returned(ILogger log, string queue, long count, string exception);

    [LoggerMessage(118, LogLevel.Debug, "Message {MessageId} from queue {Queue} waits in the database for {Wait}: {Reason}.")]
    public static partial void LeftToWait(ILogger log, string queue, Guid messageId, string reason, TimeSpan wait);

    [LoggerMessage(119, LogLevel.Debug, "Message {MessageId} from queue {Queue} waits in its place, because the database does not take it: {Reason}.")]
    public static partial void NotLeftToWait(ILogger log, Exception exception, string queue, Guid messageId, string reason);

    [LoggerMessage(120, LogLevel.Error, "The broker itself took a message off queue {Queue}, and it went to its dead-letter queue: {Reason}.")]
    public static partial void DeadLetteredByBroker(ILogger log, string queue, string reason);

    [LoggerMessage(121, LogLevel.Warning, "Queue {Queue} cannot be read because of {Exception}; dead letters that the broker moves itself wait there. It is tried again.")]
    public static partial void IncomingNotRead(ILogger log, string queue, string exception);
}
