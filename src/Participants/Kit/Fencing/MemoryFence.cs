using System.Collections.Concurrent;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Participants.Fencing;

/// <summary>Fence rows in memory, with the order in which they changed in place of a log position.</summary>
internal sealed class MemoryFence : IFence
{
    private readonly ConcurrentDictionary<(Guid, string), FenceRow> rows = new();
    private readonly ConcurrentQueue<FenceRow> changes = new();

    /// <summary>Every row as it was written, in order.</summary>
    public IReadOnlyCollection<FenceRow> Changes => changes;

    public Task<FenceRow> Enter(CommitScope scope, Guid sagaId, string step, bool isFirst, CancellationToken cancellationToken) =>
        Task.FromResult(rows.GetOrAdd((sagaId, step), _ => new FenceRow(sagaId, step)));

    public Task Save(CommitScope scope, FenceRow row, CancellationToken cancellationToken)
    {
        rows[(row.SagaId, row.Step)] = row;
        changes.Enqueue(row);
        return Task.CompletedTask;
    }
}
