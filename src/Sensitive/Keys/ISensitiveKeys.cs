namespace SagaOrchestrator.Sensitive.Keys;

/// <summary>
/// The keys that wrap the keys of subjects: a ring of which one is active. A key that a service of yours keeps comes in by implementing
/// this. It is asked for each key that is wrapped or unwrapped, so that it can change while the process runs.
/// </summary>
public interface ISensitiveKeys
{
    /// <summary>With which what is new is wrapped.</summary>
    WrappingKey Active { get; }

    /// <summary>The key of a name; null when it is not in the ring.</summary>
    /// <param name="name">Its name.</param>
    WrappingKey? Find(string name);
}

/// <summary>A key that wraps keys.</summary>
/// <param name="Name">1 to 50 letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Secret">32 random bytes.</param>
public sealed record WrappingKey(string Name, ReadOnlyMemory<byte> Secret)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
