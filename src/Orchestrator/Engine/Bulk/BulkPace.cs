namespace SagaOrchestrator.Engine.Bulk;

/// <summary>How fast a bulk job goes, and when it stops by itself.</summary>
public sealed record BulkPace
{
    /// <summary>Items a second at most, from 1 to 1000.</summary>
    public int PerSecond { get; init; } = 10;

    /// <summary>
    /// How many items are done before the job looks at what came of them: first so many, then so many, and the last number again and again.
    /// </summary>
    public IReadOnlyList<int> Ramp { get; init; } = [1, 5, 50, 500];

    /// <summary>How long at most the job waits, after each of these batches, for its sagas to end or to be parked again.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The job stops when more than this share of a batch failed, or is parked again: from 0 to 1. Refused items do no harm, and are not
    /// counted.
    /// </summary>
    public double StopAt { get; init; } = 0.5;

    /// <summary>How many items are left of the batch that an item belongs to, given how many come before it.</summary>
    internal int LeftOfBatch(int before)
    {
        var end = 0;
        foreach (var size in Ramp)
        {
            end += size;
            if (before < end)
            {
                return end - before;
            }
        }

        return Ramp[^1] - ((before - end) % Ramp[^1]);
    }

    /// <summary>Whether a batch is reason to stop.</summary>
    /// <param name="bad">How many of it failed, or are parked again.</param>
    /// <param name="done">How many of it were done, or failed.</param>
    internal bool Stops(int bad, int done) => bad > done * StopAt;
}
