using GraphQL.DataLoader;
using SagaOrchestrator.Http.GraphQl.Asking;

namespace SagaOrchestrator.Http.GraphQl.Fields;

/// <summary>
/// Reads in batches: what the fields of a page ask for, each for its saga, is read together once all of them have asked.
/// </summary>
/// <param name="read">Reads all by a number of queries that does not depend on how many they are. What it leaves out is null.</param>
internal sealed class BatchLoader<TValue>(Func<IReadOnlyCollection<Guid>, CancellationToken, Task<IReadOnlyDictionary<Guid, TValue>>> read)
    where TValue : class
{
    private readonly Lock turn = new();
    private Batch? open;

    /// <summary>Asks for one value, and says what the field makes of it.</summary>
    public IDataLoaderResult Load(Guid key, Func<TValue?, object?> value)
    {
        lock (turn)
        {
            open ??= new Batch();
            open.Keys.Add(key);
            return new Result(this, open, key, value);
        }
    }

    private Task<IReadOnlyDictionary<Guid, TValue>> Read(Batch batch, CancellationToken cancellationToken)
    {
        lock (turn)
        {
            // Who asks from now on waits for the next one.
            open = open == batch ? null : open;
            return batch.Values ??= read(batch.Keys, cancellationToken);
        }
    }

    private sealed class Batch
    {
        public HashSet<Guid> Keys { get; } = [];

        public Task<IReadOnlyDictionary<Guid, TValue>>? Values { get; set; }
    }

    private sealed class Result(BatchLoader<TValue> loader, Batch batch, Guid key, Func<TValue?, object?> value) : IDataLoaderResult
    {
        public async Task<object?> GetResultAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                return value((await loader.Read(batch, cancellationToken)).GetValueOrDefault(key));
            }
            catch (RefusedRead refused)
            {
                // Each field has an error of its own, with its path.
                throw new RefusedRead(refused.Problem);
            }
        }
    }
}
