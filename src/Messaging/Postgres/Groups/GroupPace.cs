using System.Diagnostics;

namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>
/// When the next group begins. At low load at once. Where units keep coming, but slower than commits, many small groups would cost every
/// process more than a few milliseconds are worth: then groups begin some time apart, unless enough units are there already.
/// </summary>
internal sealed class GroupPace
{
    /// <summary>A smaller group does not make the next one wait.</summary>
    public const int ManyUnits = 4;

    /// <summary>So many units do not wait.</summary>
    public const int EnoughUnits = 24;

    /// <summary>How far apart groups begin.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(20);

    private int lastUnits;
    private long lastBegan;

    /// <summary>How long the next group is to wait; zero or less when it is not.</summary>
    /// <param name="waiting">How many units are there.</param>
    /// <param name="now">A <see cref="Stopwatch"/>'s timestamp.</param>
    public TimeSpan Rest(int waiting, long now) =>
        lastUnits < ManyUnits || waiting >= EnoughUnits ? TimeSpan.Zero : Apart - Stopwatch.GetElapsedTime(lastBegan, now);

    /// <summary>A group begins.</summary>
    public void Began(int units, long now) => (lastUnits, lastBegan) = (units, now);
}
