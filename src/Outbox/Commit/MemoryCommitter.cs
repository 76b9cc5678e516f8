using System.Collections.Concurrent;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.Commit;

/// <summary>Commits to memory, one unit at a time. For tests and the embedded mode; nothing survives the process.</summary>
public sealed class MemoryCommitter : ICommitter, IOutboxStore, IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<Guid, long> inbox = [];
    private readonly ConcurrentDictionary<Guid, Waiting> outbox = new();
    private readonly ConcurrentDictionary<Guid, PutBackUntil> putBacks = new();

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
    public void Forget(Guid messageId) => outbox.TryRemove(messageId, out _);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutgoingMessage>> ClaimOverdue(int limit, CancellationToken cancellationToken)
    {
        var overdue = DateTimeOffset.UtcNow - TimeSpan.FromSeconds(5);
        return Task.FromResult<IReadOnlyList<OutgoingMessage>>(
            [.. outbox.Values.Where(waiting => waiting.Since < overdue).Take(limit).Select(waiting => waiting.Message)]);
    }

    /// <inheritdoc/>
    public Task Fail(Guid messageId, string error, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task KeepUnsent(Guid group, IReadOnlyList<UnsentMessage> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<OutboxBacklog> Backlog(CancellationToken cancellationToken)
    {
        var waiting = outbox.Values.ToArray();
        var age = waiting.Length == 0 ? TimeSpan.Zero : DateTimeOffset.UtcNow - waiting.Min(item => item.Since);
        return Task.FromResult(new OutboxBacklog(waiting.Length, age, putBacks.Count));
    }

    /// <inheritdoc/>
    public Task PutBack(OutgoingMessage message, TimeSpan wait, CancellationToken cancellationToken)
    {
        putBacks[message.MessageId] = new PutBackUntil(new PutBackMessage(message, Guid.NewGuid()), DateTimeOffset.UtcNow + wait);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PutBackMessage>> ClaimPutBacks(int limit, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var claimed = new List<PutBackMessage>();
        foreach (var due in putBacks.Values.Where(kept => kept.DueAt <= now).OrderBy(kept => kept.DueAt).Take(limit))
        {
            var claim = due.Kept with { Version = Guid.NewGuid() };
            if (putBacks.TryUpdate(claim.Message.MessageId, new PutBackUntil(claim, now + TimeSpan.FromSeconds(30)), due))
            {
                claimed.Add(claim);
            }
        }

        return Task.FromResult<IReadOnlyList<PutBackMessage>>(claimed);
    }

    /// <inheritdoc/>
    public Task Forget(PutBackMessage sent, CancellationToken cancellationToken)
    {
        if (putBacks.TryGetValue(sent.Message.MessageId, out var kept) && kept.Kept.Version == sent.Version)
        {
            putBacks.TryRemove(new KeyValuePair<Guid, PutBackUntil>(sent.Message.MessageId, kept));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private CommitResult? Known(InboxEntry entry) => inbox.TryGetValue(entry.MessageId, out var hash)
        ? hash == entry.ContentHash ? CommitResult.Duplicate : CommitResult.ReusedId
        : null;

    private sealed record Waiting(OutgoingMessage Message, DateTimeOffset Since);

    private sealed record PutBackUntil(PutBackMessage Kept, DateTimeOffset DueAt);
}
