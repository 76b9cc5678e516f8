using System.Diagnostics;
using System.Globalization;

namespace SagaOrchestrator.Messaging.Telemetry;

/// <summary>
/// The boundaries at which a crash must do no harm. A test arms one with <c>SAGA_CRASH_AT=name/count</c>: the process is killed when it
/// comes there for the count-th time, as by <c>kill -9</c>. Not armed, a point costs nothing.
/// </summary>
public static class CrashPoint
{
    /// <summary>Units are handled; their group is about to be written.</summary>
    public const string GroupBegun = "group-begun";

    /// <summary>A group is committed, and nobody knows it yet: nothing of it is sent.</summary>
    public const string GroupCommitted = "group-committed";

    /// <summary>A group's messages are on their way to the publisher; those who wait for the commit do not know of it.</summary>
    public const string GroupHandedOver = "group-handed-over";

    /// <summary>A unit with a transaction of its own has written everything, and has not committed.</summary>
    public const string UnitWritten = "unit-written";

    /// <summary>It is committed, and nobody knows it yet.</summary>
    public const string UnitCommitted = "unit-committed";

    /// <summary>A message is on the wire, and not confirmed.</summary>
    public const string MessagePublished = "message-published";

    /// <summary>A message is confirmed by the broker and still in the outbox.</summary>
    public const string MessageConfirmed = "message-confirmed";

    /// <summary>Rows of confirmed messages are deleted from the outbox.</summary>
    public const string OutboxDeleted = "outbox-deleted";

    /// <summary>What a delivery asked for is committed, and the delivery is about to be acknowledged.</summary>
    public const string Acknowledging = "acknowledging";

    /// <summary>It is acknowledged.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>The sweeper has claimed messages that were left in the outbox, and has not sent them.</summary>
    public const string SweepClaimed = "sweep-claimed";

    /// <summary>Due timers are claimed, and not handed to their sagas.</summary>
    public const string TimersClaimed = "timers-claimed";

    /// <summary>A start is committed, and the caller has no answer.</summary>
    public const string StartCommitted = "start-committed";

    private static readonly string? Armed = Environment.GetEnvironmentVariable("SAGA_CRASH_AT")?.Split('/')[0];
    private static readonly int Count = Armed is null
        ? 0
        : int.Parse(Environment.GetEnvironmentVariable("SAGA_CRASH_AT")!.Split('/')[1], CultureInfo.InvariantCulture);
    private static int passed;

    /// <summary>Kills this process when the point is armed and has been passed often enough.</summary>
    /// <param name="name">One of the names above.</param>
    public static void Pass(string name)
    {
        if (Armed is not null && Armed == name && Interlocked.Increment(ref passed) == Count)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
