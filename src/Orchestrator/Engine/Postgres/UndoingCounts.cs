using System.Collections.Concurrent;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>
/// How many sagas wait for each participant to undo something: what the database said a moment ago, and what was asked for here since.
/// Whoever asks is about to add one, so each question counts as one more. Other nodes are seen a moment late; the bound is approximate.
/// </summary>
/// <param name="count">Asks the database: for a participant, up to a limit.</param>
internal sealed class UndoingCounts(Func<string, int, CancellationToken, Task<int>> count)
{
    private const int FreshMilliseconds = 100;

    // At the limit many wait, and what has ended since the last answer matters.
    private const int FreshMillisecondsAtLimit = 10;

    private readonly ConcurrentDictionary<string, Participant> participants = new(StringComparer.Ordinal);

    public async Task<int> Count(string name, int limit, CancellationToken cancellationToken)
    {
        var participant = participants.GetOrAdd(name, _ => new Participant());
        if (participant.TryCount(limit) is { } known)
        {
            return known;
        }

        await participant.Gate.WaitAsync(cancellationToken);
        try
        {
            // Somebody else may have asked meanwhile.
            return participant.TryCount(limit) ?? participant.Heard(await count(name, limit, cancellationToken));
        }
        finally
        {
            participant.Gate.Release();
        }
    }

    private sealed class Participant
    {
        private readonly Lock gate = new();
        private long askedAt = long.MinValue / 2;
        private int known;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <returns>Null when the last answer is too old.</returns>
        public int? TryCount(int limit)
        {
            lock (gate)
            {
                if (Environment.TickCount64 - askedAt > (known < limit ? FreshMilliseconds : FreshMillisecondsAtLimit))
                {
                    return null;
                }

                return known < limit ? known++ : known;
            }
        }

        public int Heard(int counted)
        {
            lock (gate)
            {
                (known, askedAt) = (counted + 1, Environment.TickCount64);
                return counted;
            }
        }
    }
}
