using System.Diagnostics;
using System.Globalization;

namespace SagaOrchestrator.Outbox.Telemetry;

/// <summary>
/// The boundaries at which a crash must do no harm. A test arms one with <c>SAGA_CRASH_AT=name/count</c>: the process is killed when it
/// comes there for the count-th time, as by <c>kill -9</c>. Not armed, a point costs nothing.
/// </summary>
internal static class CrashPoint
{
    /// <summary>A group is committed, and nobody knows it yet: nothing of it is sent.</summary>
    public const string GroupCommitted = "group-committed";

    /// <summary>A message is confirmed by the broker and still in the outbox.</summary>
    public const string MessageConfirmed = "message-confirmed";

    private static readonly string? Armed = Environment.GetEnvironmentVariable("SAGA_CRASH_AT")?.Split('/')[0];
    private static readonly int Count = Armed is null ? 0 : int.Parse(Environment.GetEnvironmentVariable("SAGA_CRASH_AT")!.Split('/')[1], CultureInfo.InvariantCulture);
    private static int passed;

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
