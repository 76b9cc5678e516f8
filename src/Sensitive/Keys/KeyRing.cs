namespace SagaOrchestrator.Sensitive.Keys;

/// <summary>A ring of keys that does not change.</summary>
public sealed class KeyRing : ISensitiveKeys
{
    private const int SecretBytes = 32;
    private const int LongestName = 50;

    private readonly Dictionary<string, WrappingKey> keys;

    /// <param name="active">The name of the key that wraps what is new.</param>
    /// <param name="keys">All keys, that one too.</param>
    /// <exception cref="ArgumentException">A key is not of its form, two have one name, or the active one is not among them. The message
    /// quotes no secret.</exception>
    public KeyRing(string active, IEnumerable<WrappingKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        this.keys = new Dictionary<string, WrappingKey>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            Check(key);
            if (!this.keys.TryAdd(key.Name, key))
            {
                throw new ArgumentException($"Two keys are called '{key.Name}'.", nameof(keys));
            }
        }

        Active =
            Find(active)
            ?? throw new ArgumentException(
                $"The active key '{active}' is not in the ring, which has: {string.Join(", ", this.keys.Keys)}.",
                nameof(active)
            );
    }

    /// <inheritdoc/>
    public WrappingKey Active { get; }

    /// <inheritdoc/>
    public WrappingKey? Find(string name) => keys.GetValueOrDefault(name);

    /// <summary>A ring from lines of a name, a blank and 32 bytes in base64. The first key is the active one; <c>#</c> begins a
    /// remark.</summary>
    /// <param name="text">The lines.</param>
    /// <exception cref="ArgumentException">There is none, or one is not of its form. The message quotes no secret.</exception>
    public static KeyRing Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        WrappingKey[] parsed =
        [
            .. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line[0] != '#')
                .Select(line =>
                    line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var name, var secret]
                        ? KeyOf(name, secret)
                        : throw new ArgumentException("A line is not a name, a blank and 32 bytes in base64.", nameof(text))
                ),
        ];
        return parsed is [var first, ..]
            ? new KeyRing(first.Name, parsed)
            : throw new ArgumentException("There is no key. Write a name, a blank and 32 bytes in base64.", nameof(text));
    }

    /// <summary>A key from its written form.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="secret">32 bytes in base64.</param>
    /// <exception cref="ArgumentException">It is not of its form. The message does not quote it.</exception>
    public static WrappingKey KeyOf(string name, string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var bytes = new byte[SecretBytes + 1];
        var key = new WrappingKey(
            name,
            Convert.TryFromBase64String(secret, bytes, out var length) ? bytes.AsMemory(0, length) : ReadOnlyMemory<byte>.Empty
        );
        Check(key);
        return key;
    }

    private static void Check(WrappingKey key)
    {
        if (key.Name.Length is 0 or > LongestName || !key.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            throw new ArgumentException($"A key's name is 1 to {LongestName} letters, digits, '-' and '_'.", nameof(key));
        }

        if (key.Secret.Length != SecretBytes)
        {
            throw new ArgumentException(
                $"The key '{key.Name}' is not 32 bytes in base64. Make one with: openssl rand -base64 32",
                nameof(key)
            );
        }
    }
}
