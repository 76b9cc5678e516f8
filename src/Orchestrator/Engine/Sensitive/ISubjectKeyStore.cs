using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Engine.Sensitive;

/// <summary>Where the wrapped keys of subjects are kept.</summary>
internal interface ISubjectKeyStore
{
    /// <summary>The key of a subject: the one that there is, or this one, which is kept then.</summary>
    Task<WrappedDataKey> GetOrAdd(string subject, WrappedDataKey key, CancellationToken cancellationToken);

    /// <summary>The key of that name, or that it was deleted. Neither when it is not known here.</summary>
    Task<FoundKey> Find(string id, CancellationToken cancellationToken);

    /// <summary>Keeps a key wrapped by another key, unless somebody has done so since.</summary>
    Task Rewrap(WrappedDataKey before, WrappedDataKey after, CancellationToken cancellationToken);

    /// <summary>Some keys that are wrapped by this one.</summary>
    Task<IReadOnlyList<WrappedDataKey>> WrappedBy(string wrappingKey, int limit, CancellationToken cancellationToken);

    /// <summary>How many keys are wrapped by each other one than this.</summary>
    Task<IReadOnlyDictionary<string, long>> CountOthers(string wrappingKey, CancellationToken cancellationToken);

    /// <summary>Deletes the key of a subject, for good. Gives its name; null when there is none.</summary>
    Task<string?> Delete(string subject, CancellationToken cancellationToken);
}

/// <summary>What is known of a key.</summary>
/// <param name="Key">The key; null when it is not there.</param>
/// <param name="IsForgotten">Whether it was deleted.</param>
internal readonly record struct FoundKey(WrappedDataKey? Key, bool IsForgotten);
