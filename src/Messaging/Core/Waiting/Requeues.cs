using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.TransportHeaders;

namespace SagaOrchestrator.Messaging.Waiting;

/// <summary>
/// Requeues messages that this node cannot handle, for other nodes: a copy goes to the end of the own queue. A copy, because a nack would
/// count towards the message's delivery limit although nothing is wrong with it. Should both be handled, the inbox recognises the second
/// one. A message that no node seems to be there for waits in the database, where it takes no place of a message that can be handled, and
/// where it is only once. So do those of a flood that find no place: each round of its copies would stand before every new message.
/// </summary>
/// <param name="queue">The queue.</param>
/// <param name="outbox">Sends copies, and keeps those that wait.</param>
/// <param name="broker">Knows who sent a delivery; null for the transport in memory.</param>
/// <param name="places">How many are sent to the queue's end at the same time at most.</param>
internal sealed class Requeues(string queue, ServiceOutbox outbox, IBroker? broker, WaitingPlaces places)
{
    // In a deploy there are nodes that can, and chance finds one of them: a message that was requeued so often may have nobody.
    private const int AtOnce = 4;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Whether another node, or a later build, can do what failed.</summary>
    public static bool Concerns(Exception exception) => Of(exception) is not null;

    /// <summary>What another node, or a later build, can do; null when nothing says so.</summary>
    public static NotOnThisNodeException? Of(Exception? exception) =>
        exception as NotOnThisNodeException ?? (exception is null ? null : Of(exception.InnerException));

    /// <summary>How long a message waits that was requeued so often before.</summary>
    public static TimeSpan Wait(int before) =>
        before < AtOnce ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(before - AtOnce, 10)));

    /// <summary>Requeues a message. Throws <see cref="NotRequeuedException"/> when it can be neither sent nor stored now.</summary>
    /// <param name="context">The delivery.</param>
    /// <param name="messageId">The envelope's, by which all copies are one: not every sender tells the broker an id.</param>
    /// <param name="why">What it cannot do here.</param>
    public async Task Requeue(ReceiveContext context, Guid messageId, NotOnThisNodeException why)
    {
        var before = CountHeader.Of(context, SagaHeaders.Requeues);
        LostDelivery.ThrowIfLost(context);
        var goesRound = before < AtOnce && why.Wait is null;
        var hasPlace = goesRound && places.TryTake();
        try
        {
            // One that waits for want of a place does not go round when it comes back: all of them would.
            var (count, wait) = goesRound && !hasPlace ? (AtOnce, FirstWait) : (before + 1, why.Wait ?? Wait(before));
            var copy = MessageCopy.Of(context, broker, queue, messageId, new(SagaHeaders.Requeues, count));
            await outbox.Requeue(copy, why.Reason ?? WaitReason.AnotherBuild, wait);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new NotRequeuedException("The message is for another node and could not be requeued now.", exception);
        }
        finally
        {
            if (hasPlace)
            {
                places.Leave();
            }
        }
    }
}
