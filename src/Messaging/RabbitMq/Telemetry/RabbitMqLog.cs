using Microsoft.Extensions.Logging;

namespace SagaOrchestrator.Messaging.RabbitMq.Telemetry;

internal static partial class RabbitMqLog
{
    [LoggerMessage(108, LogLevel.Warning, "RabbitMQ at {Nodes} cannot be reached for sending; messages stay in the outbox.")]
    public static partial void NotConnected(ILogger log, Exception exception, string nodes);

    [LoggerMessage(
        111,
        LogLevel.Warning,
        "Queue {Queue} has messages, but served none for {Patience}; the connection is closed and opened again."
    )]
    public static partial void ConsumerStalled(ILogger log, string queue, TimeSpan patience);

    [LoggerMessage(
        116,
        LogLevel.Information,
        "Queue {Queue} has served nothing for a while; its connection is closed and opened again, in case the broker has lost a delivery."
    )]
    public static partial void ConsumerRenewed(ILogger log, string queue);

    [LoggerMessage(112, LogLevel.Critical, "Queue {Queue} serves nothing on any connection. This process ends, so that it is restarted.")]
    public static partial void ConsumerLost(ILogger log, string queue);

    [LoggerMessage(
        114,
        LogLevel.Critical,
        "The connection on which queue {Queue} was read is closed, and for {Patience} no other was opened although the broker answers. "
            + "This process ends with status 1. Restart it, if nothing does."
    )]
    public static partial void BusStuck(ILogger log, string queue, TimeSpan patience);

    [LoggerMessage(115, LogLevel.Debug, "Delivery {Tag} was handled, and could not be committed or requeued. It comes again.")]
    public static partial void Nacked(ILogger log, Exception exception, ulong tag);

    [LoggerMessage(
        120,
        LogLevel.Error,
        "The broker itself took a message off queue {Queue}, and it went to its dead-letter queue: {Reason}."
    )]
    public static partial void DeadLetteredByBroker(ILogger log, string queue, string reason);

    [LoggerMessage(
        121,
        LogLevel.Warning,
        "Queue {Queue} cannot be read because of {Exception}; dead letters that the broker moves itself wait there. It is tried again."
    )]
    public static partial void IncomingNotRead(ILogger log, string queue, string exception);

    [LoggerMessage(
        122,
        LogLevel.Warning,
        "Letters of queue {Queue} could not be moved because of {Exception}. Those that were not are still there."
    )]
    public static partial void LettersNotMoved(ILogger log, string queue, string exception);

    [LoggerMessage(
        123,
        LogLevel.Warning,
        "Queue {Queue} cannot be read because of {Exception}; copies of dead letters wait there and are not listed yet. It is tried again."
    )]
    public static partial void IndexNotRead(ILogger log, string queue, string exception);

    [LoggerMessage(
        125,
        LogLevel.Error,
        "The copy of dead letter {Letter} of queue {Queue} cannot be kept because of {Exception}, so it is not listed. The letter itself "
            + "is in its queue."
    )]
    public static partial void LetterNotKept(ILogger log, Guid letter, string queue, string exception);
}
