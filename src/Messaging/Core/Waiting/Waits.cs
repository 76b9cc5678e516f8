using MassTransit;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.Waiting;

/// <summary>
/// Has messages wait in the database that there is no place for (rule S40). They come to their queue again when their wait is over.
/// </summary>
internal sealed class Waits(string queue, IOutboxStore store, IBroker? broker, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Leaves a copy there. False when it cannot be written: then the message waits where it is, as everything here does that needs the
    /// database.
    /// </summary>
    /// <param name="context">The delivery, which is over when this is true.</param>
    /// <param name="messageId">The message's id, by which all copies are one.</param>
    /// <param name="reason">Why it waits.</param>
    /// <param name="wait">For how long.</param>
    /// <param name="count">The header that counts its waits, and the count.</param>
    public async Task<bool> TryLeave(ReceiveContext context, Guid messageId, string reason, TimeSpan wait, KeyValuePair<string, int> count)
    {
        LostDelivery.ThrowIfLost(context);
        try
        {
            using var timeout = new CancellationTokenSource(Patience);
            await store.KeepWaiting(MessageCopy.Of(context, broker, queue, messageId, count), reason, wait, timeout.Token);
            MessagingLog.LeftToWait(log, queue, messageId, reason, wait);
            return true;
        }
        catch (Exception exception)
        {
            MessagingLog.NotLeftToWait(log, exception, queue, messageId, reason);
            return false;
        }
    }
}
