using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.TransportHeaders;

namespace SagaOrchestrator.Messaging.Waiting;

/// <summary>
/// Leaves messages that this node cannot handle to others: a copy goes to the end of the own queue. A copy, because giving the message itself back
/// would count towards its delivery limit although nothing is wrong with it. Should both be handled, the inbox knows the second one. What nobody seems
/// to be there for waits in the database, where it takes no place of a message that can be handled, and where it is but once.
/// </summary>
internal sealed class PutBacks(string queue, ServiceOutbox outbox)
{
    // In a deploy there are nodes that can, and chance finds one of them: what was put back so often may have nobody.
    private const int AtOnce = 4;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Whether another node, or a later build, can do what failed.</summary>
    public static bool Concerns(Exception exception) => Of(exception) is not null;

    /// <summary>What another node, or a later build, can do; null when nothing says so.</summary>
    public static NotOnThisNodeException? Of(Exception? exception) => exception as NotOnThisNodeException ?? (exception is null ? null : Of(exception.InnerException));

    /// <summary>How long a message waits that was put back so often before.</summary>
    public static TimeSpan Wait(int before) => before < AtOnce
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(before - AtOnce, 10)));

    /// <summary>Puts a message back. A <see cref="NotPutBackException"/> when it can be neither sent nor stored now.</summary>
    /// <param name="context">The delivery.</param>
    /// <param name="messageId">The envelope's, by which all copies are one: not every sender tells the broker an id.</param>
    /// <param name="why">What it cannot do here.</param>
    public async Task PutBack(ReceiveContext context, Guid messageId, NotOnThisNodeException why)
    {
        var before = CountHeader.Of(context, SagaHeaders.PutBacks);
        LostDelivery.ThrowIfLost(context);
        try
        {
            await outbox.PutBack(MessageCopy.Of(context, queue, messageId, new(SagaHeaders.PutBacks, before + 1)), why.Reason ?? WaitReason.AnotherBuild, why.Wait ?? Wait(before));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new NotPutBackException("The message is for another node and could not be put back now.", exception);
        }
    }
}
