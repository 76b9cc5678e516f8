using Microsoft.Extensions.Logging;
using SagaOrchestrator.Outbox.Commit;
using SagaOrchestrator.Outbox.Telemetry;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.Dispatch;

/// <summary>One service's way to change its state and send messages as one: its committer, its outbox and its dispatcher.</summary>
public sealed class ServiceOutbox(
    string service, ICommitter committer, IOutboxStore store, IMessageDispatcher dispatcher, ILogger log)
{
    // What is not confirmed by then is left to the sweeper, so that a broker that is away does not hold up the handlers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The service's name, for logs and metrics.</summary>
    public string Service => service;

    /// <summary>Writes units.</summary>
    public ICommitter Committer => committer;

    /// <summary>What is committed and not yet sent.</summary>
    public IOutboxStore Store => store;

    internal ILogger Log => log;

    /// <summary>Commits a unit that no message has started, and has its messages sent. The caller waits for the commit only.</summary>
    public async Task Complete(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await committer.Commit(unit, cancellationToken);
        _ = Dispatch(unit.Messages);
    }

    /// <summary>
    /// Sends committed messages; those that the broker confirmed are forgotten soon after. Never throws: what cannot be sent now
    /// stays in the outbox for the sweeper, because the handler must not run again after its commit.
    /// </summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> Dispatch(IReadOnlyList<OutgoingMessage> messages) =>
        messages.Count == 0 ? 0 : (await Task.WhenAll(messages.Select(Send))).Count(sent => sent);

    /// <summary>Sends a message that this node cannot handle back to its queue. Throws when it cannot be sent.</summary>
    internal async Task PutBack(OutgoingMessage message)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await dispatcher.Send(message, timeout.Token);
        OutboxLog.PutBack(log, service, message.MessageId);
    }

    private async Task<bool> Send(OutgoingMessage message)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Patience);
            await dispatcher.Send(message, timeout.Token);
            CrashPoint.Pass(CrashPoint.MessageConfirmed);
            committer.Forget(message.MessageId);
            return true;
        }
        catch (Exception exception)
        {
            OutboxLog.NotSent(log, exception, service, message.MessageId, message.Destination);
            await Remember(message, exception);
            return false;
        }
    }

    private async Task Remember(OutgoingMessage message, Exception exception)
    {
        try
        {
            await store.Fail(message.MessageId, exception.Message, CancellationToken.None);
        }
        catch (Exception second)
        {
            OutboxLog.NotForgotten(log, second, service, 1);
        }
    }
}
