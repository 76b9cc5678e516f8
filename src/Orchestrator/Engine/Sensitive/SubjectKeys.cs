using System.Collections.Concurrent;
using System.Security.Cryptography;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Engine.Sensitive;

/// <summary>
/// The keys of subjects, unwrapped, for some seconds: another node that deletes one is believed after that time. A key that is wrapped by
/// one that is not active any more is wrapped anew when it is read.
/// </summary>
internal sealed class SubjectKeys(ISensitiveKeys ring, ISubjectKeyStore store, TimeProvider clock)
{
    /// <summary>How long a key is believed to be there after it was read.</summary>
    public static readonly TimeSpan Believed = TimeSpan.FromSeconds(10);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, Known> bySubject = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Known> byId = new(StringComparer.Ordinal);

    /// <summary>The key for new values of a subject, which is made when there is none.</summary>
    public async ValueTask<DataKey> Of(string subject, CancellationToken cancellationToken)
    {
        subject = SubjectName.Of(subject);
        if (bySubject.TryGetValue(subject, out var known) && IsFresh(known))
        {
            return known.Key!;
        }

        var wrapped = await store.GetOrAdd(subject, DataKey.Draw().Wrap(ring.Active), cancellationToken);
        var key = await Unwrap(wrapped, cancellationToken);
        Keep(bySubject, subject, key);
        Keep(byId, key.Id, key);
        return key;
    }

    /// <summary>A key by its name; null when it was deleted. One that is lost is waited for.</summary>
    public async ValueTask<DataKey?> Find(string id, CancellationToken cancellationToken)
    {
        if (byId.TryGetValue(id, out var known) && IsFresh(known))
        {
            return known.Key;
        }

        var found = await store.Find(id, cancellationToken);
        if (found is { Key: null, IsForgotten: false })
        {
            throw new TransientException(
                $"The key '{id}' of a subject is lost: it is neither kept nor forgotten. Restore the rows of the table subject_key, and of "
                    + "forgotten_key, from their backup."
            );
        }

        var key = found.Key is { } wrapped ? await Unwrap(wrapped, cancellationToken) : null;
        Keep(byId, id, key);
        return key;
    }

    /// <summary>A key as it is kept, for a participant that has the ring too.</summary>
    public Task<FoundKey> FindWrapped(string id, CancellationToken cancellationToken) => store.Find(id, cancellationToken);

    /// <summary>Deletes the key of a subject. Whether there was one.</summary>
    public async Task<bool> Forget(string subject, CancellationToken cancellationToken)
    {
        subject = SubjectName.Of(subject);
        var id = await store.Delete(subject, cancellationToken);
        bySubject.TryRemove(subject, out _);
        if (id is not null)
        {
            byId.TryRemove(id, out _);
        }

        return id is not null;
    }

    /// <summary>How many keys each former key of the ring still wraps.</summary>
    public async Task<IReadOnlyList<FormerKey>> Former(CancellationToken cancellationToken) =>
        [
            .. (await store.CountOthers(ring.Active.Name, cancellationToken)).Select(count => new FormerKey(
                count.Key,
                count.Value,
                ring.Find(count.Key) is not null
            )),
        ];

    /// <summary>Wraps some keys anew that a former key wraps. How many.</summary>
    public async Task<int> RewrapSome(int limit, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var former in (await Former(cancellationToken)).Where(former => former.IsKnown))
        {
            foreach (var wrapped in await store.WrappedBy(former.Name, limit - count, cancellationToken))
            {
                await Unwrap(wrapped, cancellationToken);
                count++;
            }
        }

        return count;
    }

    private async Task<DataKey> Unwrap(WrappedDataKey wrapped, CancellationToken cancellationToken)
    {
        try
        {
            var key = DataKey.Unwrap(wrapped, ring);
            if (ring.Active is var active && active.Name != wrapped.WrappingKey)
            {
                await store.Rewrap(wrapped, key.Wrap(active), cancellationToken);
            }

            return key;
        }
        catch (Exception exception) when (exception is MissingKeyException or CryptographicException)
        {
            // The message is innocent: a node with the right key can handle it.
            throw new TransientException(
                exception is MissingKeyException
                    ? exception.Message
                    : $"The key of a subject cannot be unwrapped with the key '{wrapped.WrappingKey}' of this node. Give it the secret "
                        + "that the other nodes have under this name.",
                exception
            );
        }
    }

    private bool IsFresh(Known known) => clock.GetElapsedTime(known.ReadAt) < Believed;

    private void Keep(ConcurrentDictionary<string, Known> keys, string name, DataKey? key)
    {
        if (keys.Count >= Most)
        {
            keys.Clear();
        }

        keys[name] = new Known(key, clock.GetTimestamp());
    }

    private readonly record struct Known(DataKey? Key, long ReadAt);
}

/// <summary>A key of the ring that is not the active one, and wraps keys of subjects still.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Keys">How many it wraps.</param>
/// <param name="IsKnown">Whether this node has it.</param>
internal readonly record struct FormerKey(string Name, long Keys, bool IsKnown);
