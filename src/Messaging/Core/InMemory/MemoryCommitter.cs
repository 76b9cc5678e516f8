using System.Collections.Concurrent;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.InMemory;

/// <summary>Commits to memory, one unit at a time. For tests and the embedded mode; nothing survives the process.</summary>
public sealed class MemoryCommitter : ICommitter, IOutboxStore, IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<Guid, long> inbox = [];
    private readonly ConcurrentDictionary<Guid, Waiting> outbox = new();
    private readonly ConcurrentDictionary<Guid, WaitingUntil> later = new();

    /// <inheritdoc/>
    public async Task<CommitResult> Commit(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (unit.Inbox is { } entry && Known(entry) is { } known)
            {
                return known;
            }

            await unit.Execute(new MemoryScope(), cancellationToken);

            if (unit.Inbox is { } handled)
            {
                inbox.Add(handled.MessageId, handled.ContentHash);
            }

            foreach (var message in unit.Messages)
            {
                outbox.TryAdd(message.MessageId, new Waiting(message, DateTimeOffset.UtcNow));
            }
        }
        finally
        {
            gate.Release();
        }

        unit.Committed();
        return CommitResult.Committed;
    }

    /// <inheritdoc/>
    public async Task<bool> IsHandled(Guid messageId, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return inbox.ContainsKey(messageId);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<CommitResult?> Recall(InboxEntry entry, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return Known(entry);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void DeleteSent(Guid messageId) => outbox.TryRemove(messageId, out _);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutgoingMessage>> ClaimOverdue(int limit, CancellationToken cancellationToken)
    {
        var overdue = DateTimeOffset.UtcNow - TimeSpan.FromSeconds(5);
        return Task.FromResult<IReadOnlyList<OutgoingMessage>>([
            .. outbox.Values.Where(waiting => waiting.Since < overdue).Take(limit).Select(waiting => waiting.Message),
        ]);
    }

    /// <inheritdoc/>
    public Task Fail(Guid messageId, string error, TimeSpan longest, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task KeepUnsent(Guid group, IReadOnlyList<UnsentMessage> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<OutboxBacklog> Backlog(CancellationToken cancellationToken)
    {
        var waiting = outbox.Values.ToArray();
        var age = waiting.Length == 0 ? TimeSpan.Zero : DateTimeOffset.UtcNow - waiting.Min(item => item.Since);
        return Task.FromResult(new OutboxBacklog(waiting.Length, age, later.Count));
    }

    /// <inheritdoc/>
    public Task KeepWaiting(OutgoingMessage message, string reason, TimeSpan wait, CancellationToken cancellationToken)
    {
        later[message.MessageId] = new WaitingUntil(new WaitingMessage(message, Guid.NewGuid()), DateTimeOffset.UtcNow + wait);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WaitingMessage>> ClaimWaiting(int limit, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var claimed = new List<WaitingMessage>();
        foreach (var due in later.Values.Where(kept => kept.DueAt <= now).OrderBy(kept => kept.DueAt).Take(limit))
        {
            var claim = due.Kept with { Version = Guid.NewGuid() };
            if (later.TryUpdate(claim.Message.MessageId, new WaitingUntil(claim, now + TimeSpan.FromSeconds(30)), due))
            {
                claimed.Add(claim);
            }
        }

        return Task.FromResult<IReadOnlyList<WaitingMessage>>(claimed);
    }

    /// <inheritdoc/>
    public Task Delete(WaitingMessage sent, CancellationToken cancellationToken)
    {
        if (later.TryGetValue(sent.Message.MessageId, out var kept) && kept.Kept.Version == sent.Version)
        {
            later.TryRemove(new KeyValuePair<Guid, WaitingUntil>(sent.Message.MessageId, kept));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private CommitResult? Known(InboxEntry entry) =>
        inbox.TryGetValue(entry.MessageId, out var hash)
            ? hash == entry.ContentHash
                ? CommitResult.Duplicate
                : CommitResult.ReusedId
            : null;

    private sealed record Waiting(OutgoingMessage Message, DateTimeOffset Since);

    private sealed record WaitingUntil(WaitingMessage Kept, DateTimeOffset DueAt);
}
