using System.Collections.Concurrent;
using SagaOrchestrator.Messaging.Postgres.Scopes;

namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>
/// Rows that somebody holds for longer than a group waits: a client that is gone, or a person at a prompt. Units that write them stay out
/// of groups for a while, a few at a time, so that they hold nobody else up.
/// </summary>
internal sealed class HeldRows(TimeProvider clock) : IDisposable
{
    private const int AtOnce = 2;
    private static readonly TimeSpan While = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(Guid Id, string? Part), DateTimeOffset> rows = new();
    private readonly SemaphoreSlim turns = new(AtOnce);

    public bool Contains(IGroupRow? row) =>
        !rows.IsEmpty && row is not null && rows.TryGetValue(row.Key, out var until) && clock.GetUtcNow() < until;

    public void Add(IGroupRow? row)
    {
        if (row is null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var past in rows.Where(known => known.Value <= now))
        {
            rows.TryRemove(past);
        }

        rows[row.Key] = now + While;
    }

    public async Task<T> InTurn<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            return await write();
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();
}
