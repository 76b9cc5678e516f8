using System.Collections.Concurrent;
using GraphQL.DataLoader;

namespace SagaOrchestrator.Http.GraphQl.Fields;

/// <summary>What the fields of one request share: who asks, and what is read together.</summary>
internal sealed class RequestReads(HttpContext http) : Dictionary<string, object?>
{
    private readonly ConcurrentDictionary<string, object> loaders = new(StringComparer.Ordinal);

    public HttpContext Http => http;

    /// <summary>A value that is read together with those of the same kind.</summary>
    /// <param name="kind">What is read, with its arguments.</param>
    /// <param name="key">Of which saga.</param>
    /// <param name="read">Reads all of them.</param>
    /// <param name="value">What the field makes of it; of null when there is none.</param>
    public IDataLoaderResult Load<TValue>(
        string kind,
        Guid key,
        Func<IReadOnlyCollection<Guid>, CancellationToken, Task<IReadOnlyDictionary<Guid, TValue>>> read,
        Func<TValue?, object?> value
    )
        where TValue : class
    {
        var loader = loaders.GetOrAdd(
            kind,
            _ => new BatchLoader<TValue>((keys, cancellationToken) => FieldRead.Guarded(http, () => read(keys, cancellationToken)))
        );
        return ((BatchLoader<TValue>)loader).Load(key, value);
    }
}
