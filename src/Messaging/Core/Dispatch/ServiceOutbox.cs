using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Dispatch;

/// <summary>One service's way to change its state and send messages as one: its committer, its outbox and its dispatcher.</summary>
public sealed class ServiceOutbox
{
    // What is not confirmed by then is left to the sweeper, so that a broker that is away does not hold up the handlers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A message that nobody takes is tried more and more seldom. One that only waits for the broker goes soon after it is back.
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestBackoffOfBroker = TimeSpan.FromSeconds(15);

    // With fewer on their way nobody waits for confirms: what is committed will be sent. With more, handlers wait, and so the queue does.
    private const int ManyOnTheirWay = 2000;

    private readonly IMessageDispatcher dispatcher;
    private int onTheirWay;

    /// <summary>Puts them together.</summary>
    /// <param name="service">The service's name, for logs and metrics.</param>
    /// <param name="committer">Writes units.</param>
    /// <param name="store">What is committed and not yet sent.</param>
    /// <param name="dispatcher">Sends it.</param>
    /// <param name="log">Where it is logged what could not be sent.</param>
    public ServiceOutbox(string service, ICommitter committer, IOutboxStore store, IMessageDispatcher dispatcher, ILogger log)
    {
        this.dispatcher = dispatcher;
        (Service, Committer, Store, Log) = (service, committer, store, log);
        if (committer is IGroupCommitter groups)
        {
            Groups = groups;
            groups.Send = group => Send(group, groups);
        }
    }

    /// <summary>The service's name, for logs and metrics.</summary>
    public string Service { get; }

    /// <summary>Writes units.</summary>
    public ICommitter Committer { get; }

    /// <summary>What is committed and not yet sent.</summary>
    public IOutboxStore Store { get; }

    /// <summary>The committer, if it writes units in groups.</summary>
    internal IGroupCommitter? Groups { get; }

    internal ILogger Log { get; }

    /// <summary>Commits a unit that no message has started, and has its messages sent. The caller waits for the commit only.</summary>
    public async Task Complete(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await Committer.Commit(unit, cancellationToken);
        _ = Sent(unit);
    }

    /// <summary>
    /// Sees to it that a committed unit's messages are sent. Waits for their confirms only when many are on their way. Never throws: what
    /// cannot be sent now stays in the outbox for the sweeper, because the handler must not run again after its commit.
    /// </summary>
    internal Task Sent(UnitOfWork unit)
    {
        if (unit.Settled is { } settled)
        {
            return Volatile.Read(ref onTheirWay) < ManyOnTheirWay ? Task.CompletedTask : settled;
        }

        return unit.Messages.Count == 0 ? Task.CompletedTask : Task.WhenAll(unit.Messages.Select(SendOne));
    }

    /// <summary>Sends a committed message, and deletes it from the outbox when it is confirmed. Never throws.</summary>
    /// <returns>Whether it was confirmed.</returns>
    internal async Task<bool> SendOne(OutgoingMessage message)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Patience);
            await dispatcher.Send(message, timeout.Token);
            CrashPoint.Pass(CrashPoint.MessageConfirmed);
            Committer.DeleteSent(message.MessageId);
            return true;
        }
        catch (Exception exception)
        {
            MessagingLog.NotSent(Log, exception, Service, message.MessageId, message.Destination);
            var longest = Transient.Is(exception) ? LongestBackoffOfBroker : LongestBackoff;
            await Remember(() => Store.Fail(message.MessageId, exception.Message, longest, CancellationToken.None));
            return false;
        }
    }

    /// <summary>
    /// Sends a copy of a message that this node cannot handle to the end of its queue: at once, or when its wait is over, for which it is
    /// stored. Throws when it can be neither sent nor stored.
    /// </summary>
    internal async Task Requeue(OutgoingMessage message, string reason, TimeSpan wait)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await (wait == TimeSpan.Zero ? dispatcher.Send(message, timeout.Token) : Store.KeepWaiting(message, reason, wait, timeout.Token));
        MessagingLog.Requeued(Log, Service, message.MessageId);
    }

    /// <summary>
    /// Sends one whose wait is over, and deletes it when it is confirmed. Never throws: one that cannot be sent now is due again later.
    /// </summary>
    internal async Task SendAgain(WaitingMessage due)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Patience);
            await dispatcher.Send(due.Message, timeout.Token);
            await Store.Delete(due, CancellationToken.None);
        }
        catch (Exception exception)
        {
            MessagingLog.NotSent(Log, exception, Service, due.Message.MessageId, due.Message.Destination);
        }
    }

    private void Send(OutboxGroup group, IGroupCommitter committer)
    {
        Interlocked.Add(ref onTheirWay, group.Messages.Count);
        dispatcher.Send(
            group.Messages,
            (message, failure) =>
            {
                Interlocked.Decrement(ref onTheirWay);
                if (failure is null)
                {
                    CrashPoint.Pass(CrashPoint.MessageConfirmed);
                }
                else
                {
                    MessagingLog.NotSent(Log, failure, Service, message.MessageId, message.Destination);
                }

                if (group.Settle(message, failure))
                {
                    Finish(group, committer);
                }
            }
        );
    }

    private void Finish(OutboxGroup group, IGroupCommitter committer)
    {
        if (group.Unsent.Count == 0)
        {
            committer.DeleteSent(group);
        }
        else
        {
            _ = Remember(() => Store.KeepUnsent(group.Id, group.Unsent, CancellationToken.None));
        }
    }

    // When this fails too, the row is overdue some seconds later, and all its messages are sent again.
    private async Task Remember(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception exception)
        {
            MessagingLog.NotUpdated(Log, exception, Service, 1);
        }
    }
}
