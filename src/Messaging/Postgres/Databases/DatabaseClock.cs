using System.Diagnostics;

namespace SagaOrchestrator.Messaging.Postgres.Databases;

/// <summary>
/// The database's time without asking: its last answer, and what has passed since on a clock that no administrator sets. It is behind
/// the database's by the time that an answer takes, and never ahead (rule S35).
/// </summary>
public sealed class DatabaseClock
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(1);

    private volatile Answer? last;

    /// <summary>Notes what the database said just now.</summary>
    public void Heard(DateTimeOffset now)
    {
        // An answer that took longer than the last one would set the clock back.
        if (Now is not { } known || known < now || known - now > Slowest)
        {
            last = new Answer(now, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>The time; null when the last answer is too old to go by.</summary>
    public DateTimeOffset? Now =>
        last is { } answer && Stopwatch.GetElapsedTime(answer.At) is var passed && passed < Longest ? answer.Now + passed : null;

    private sealed record Answer(DateTimeOffset Now, long At);
}
