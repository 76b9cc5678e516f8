namespace SagaOrchestrator.Messaging.Settings;

/// <summary>
/// A setting that is read again for each use, because its file may have changed. When it cannot be read just now, as while the file is
/// replaced, the last one counts.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="first">What was read at start.</param>
/// <param name="read">Reads it; throws an <see cref="InvalidOperationException"/> when it cannot.</param>
public sealed class Renewable<T>(T first, Func<T> read)
    where T : class
{
    private volatile T last = first;

    /// <summary>What holds now.</summary>
    public T Current
    {
        get
        {
            try
            {
                last = read();
            }
            catch (InvalidOperationException)
            {
                // The last one counts.
            }

            return last;
        }
    }
}
