using System.Collections.Concurrent;

namespace SagaOrchestrator.Console.Hosting;

/// <summary>
/// What a page had read when it was first written is handed to its live part, which begins a moment later. So nothing is read twice, and
/// nothing jumps. A live part that comes too late, or to another node, reads anew.
/// </summary>
internal sealed class Handover
{
    private const int Most = 500;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, (object Facts, DateTimeOffset Until)> kept = new();

    /// <summary>Keeps it for half a minute.</summary>
    /// <returns>By what it is taken.</returns>
    public Guid Give(object facts)
    {
        var now = DateTimeOffset.UtcNow;
        if (kept.Count >= Most)
        {
            foreach (var old in kept.Where(entry => entry.Value.Until < now || kept.Count >= Most))
            {
                kept.TryRemove(old.Key, out _);
            }
        }

        var key = Guid.NewGuid();
        kept[key] = (facts, now + Kept);
        return key;
    }

    /// <summary>Takes it out; null when it is not there any more.</summary>
    public object? Take(Guid key) => kept.TryRemove(key, out var found) && found.Until > DateTimeOffset.UtcNow ? found.Facts : null;
}
