using Quartz;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>
/// The one job that serves every timer: it finds due rows and hands them in as messages, and between its runs it
/// waits for the nearest one. A scheduler that was down loses nothing, because the rows stay due (rule S26).
/// </summary>
/// <remarks>
/// Several nodes may run it at once: what one claims, the others skip. Quartz could forbid that, but then a run whose end it did not learn,
/// of a node that died or was without its database at that moment, would block the others (ADR 24).
/// </remarks>
internal sealed class FireDueTimers(IDueTimers timers, TimerFiring firing, TimerRun run, ILogger<FireDueTimers> log, TimeProvider clock)
    : IJob
{
    /// <summary>How often the scheduler runs the job; a timer that was armed since then is found at most this late.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (!run.TryBegin())
        {
            return;
        }

        try
        {
            await FireAll(cancellationToken);
        }
        catch (Exception exception) when (Transient.Is(exception) && !cancellationToken.IsCancellationRequested)
        {
            // The rows stay due, and the next run finds them.
            SagaLog.TimersNotRead(log, exception.Message);
        }
        finally
        {
            run.End();
        }
    }

    private async Task FireAll(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            switch (await firing.Fire(TimeSpan.Zero, cancellationToken))
            {
                case null:
                    // The job ends, so that another node may have its turn.
                    return;
                case > 0:
                    continue;
            }

            // A row that is due and was not claimed is locked by somebody; the next run looks again.
            var next = await timers.UntilNext(cancellationToken);
            if (next is null || next <= TimeSpan.Zero || clock.GetElapsedTime(started) + next > Interval)
            {
                return;
            }

            // A millisecond more, so that a rounded wait does not end just before the row is due.
            await Task.Delay(next.Value + TimeSpan.FromMilliseconds(1), clock, cancellationToken);
        }
    }
}

/// <summary>Keeps a node from running the job beside itself when there is more to fire than a second is enough for.</summary>
internal sealed class TimerRun
{
    private int isRunning;

    public bool TryBegin() => Interlocked.Exchange(ref isRunning, 1) == 0;

    public void End() => Volatile.Write(ref isRunning, 0);
}
