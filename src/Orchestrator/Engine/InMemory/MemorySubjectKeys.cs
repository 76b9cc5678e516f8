using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Engine.InMemory;

/// <summary>The keys of subjects in memory.</summary>
internal sealed class MemorySubjectKeys : ISubjectKeyStore
{
    private readonly Dictionary<string, WrappedDataKey> keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> forgotten = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public Task<WrappedDataKey> GetOrAdd(string subject, WrappedDataKey key, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(keys.TryGetValue(subject, out var known) ? known : keys[subject] = key);
        }
    }

    public Task<FoundKey> Find(string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(new FoundKey(keys.Values.FirstOrDefault(key => key.Id == id), forgotten.Contains(id)));
        }
    }

    public Task Rewrap(WrappedDataKey before, WrappedDataKey after, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (keys.FirstOrDefault(key => key.Value == before) is { Key: { } subject })
            {
                keys[subject] = after;
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<WrappedDataKey>> WrappedBy(string wrappingKey, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<WrappedDataKey>>([
                .. keys.Values.Where(key => key.WrappingKey == wrappingKey).Take(limit),
            ]);
        }
    }

    public Task<IReadOnlyDictionary<string, long>> CountOthers(string wrappingKey, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyDictionary<string, long>>(
                keys.Values.Where(key => key.WrappingKey != wrappingKey)
                    .CountBy(key => key.WrappingKey)
                    .ToDictionary(count => count.Key, count => (long)count.Value, StringComparer.Ordinal)
            );
        }
    }

    public Task<string?> Delete(string subject, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!keys.Remove(subject, out var known))
            {
                return Task.FromResult<string?>(null);
            }

            forgotten.Add(known.Id);
            return Task.FromResult<string?>(known.Id);
        }
    }
}
