namespace SagaOrchestrator.Sensitive.Keys;

/// <summary>
/// A ring in a file: a line for each key, with its name, a blank and 32 bytes in base64. The first is the active one. The file is read
/// again when it has changed, so that keys are rotated without a restart. While it cannot be read, what was read last holds.
/// </summary>
public sealed class KeyFile : ISensitiveKeys
{
    private readonly string path;
    private readonly Lock gate = new();
    private DateTime readAt;
    private KeyRing ring;

    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">It holds no ring. The message quotes no secret.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public KeyFile(string path)
    {
        this.path = path;
        readAt = File.GetLastWriteTimeUtc(path);
        ring = KeyRing.Parse(File.ReadAllText(path));
    }

    /// <inheritdoc/>
    public WrappingKey Active => Current().Active;

    /// <inheritdoc/>
    public WrappingKey? Find(string name) => Current().Find(name);

    private KeyRing Current()
    {
        lock (gate)
        {
            try
            {
                var changedAt = File.GetLastWriteTimeUtc(path);
                if (changedAt != readAt)
                {
                    ring = KeyRing.Parse(File.ReadAllText(path));
                    readAt = changedAt;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // It is being written. What was read last holds, and the next call looks again.
            }

            return ring;
        }
    }
}
