using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.DeadLetters;

/// <summary>Logs that messages are requeued, and why: one line for many, because during an outage all of them are.</summary>
internal sealed class RequeueLog(string queue, ILogger log, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly long began = time.GetTimestamp();
    private long untilTicks;
    private long untold;

    public void Tell(Exception exception)
    {
        var (now, until) = (time.GetElapsedTime(began).Ticks, Volatile.Read(ref untilTicks));
        Interlocked.Increment(ref untold);
        if (now >= until && Interlocked.CompareExchange(ref untilTicks, now + Quiet.Ticks, until) == until)
        {
            MessagingLog.Nacked(log, queue, Interlocked.Exchange(ref untold, 0), exception.GetBaseException().GetType().Name);
        }
    }
}
