using System.Diagnostics;
using MassTransit;
using Quartz;
using SagaOrchestrator.Host.Telemetry;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orchestrator;
using SagaOrchestrator.Outbox.Endpoints;
using SagaOrchestrator.Outbox.Telemetry;

namespace SagaOrchestrator.Host.Deadlines;

/// <summary>
/// The one job that serves every timer: it finds due rows and hands them in as messages, and between its runs it
/// waits for the nearest one. A scheduler that was down loses nothing, because the rows stay due (rule S26).
/// </summary>
[DisallowConcurrentExecution]
internal sealed class FireDueTimers(IDueTimers timers, IBus bus, ILogger<FireDueTimers> log, TimeProvider clock) : IJob
{
    /// <summary>How often the scheduler runs the job; a timer that was armed since then is found at most this late.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int BatchSize = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly ActivitySource Source = new(SagaMetrics.MeterName);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await FireAll(cancellationToken);
        }
        catch (Exception exception) when (Transient.Is(exception) && !cancellationToken.IsCancellationRequested)
        {
            // The rows stay due, and the next run finds them.
            SagaLog.TimersNotRead(log, exception.Message);
        }
    }

    private async Task FireAll(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            var due = await timers.Claim(BatchSize, cancellationToken);
            if (due.Count > 0)
            {
                CrashPoint.Pass(CrashPoint.TimersClaimed);
            }

            var fired = await Task.WhenAll(due.Select(timer => TryFire(timer, cancellationToken)));
            if (fired.Contains(false))
            {
                // The broker is away from this node. The job ends, so that another node may have its turn.
                return;
            }

            if (due.Count > 0)
            {
                SagaLog.TimersFired(log, due.Count);
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

    private async Task<bool> TryFire(DueTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            await Fire(timer, patience.Token);
            return true;
        }
        catch (Exception exception)
        {
            SagaLog.TimerNotFired(log, exception, timer.SagaId);
            await timers.Release(timer.SagaId, CancellationToken.None);
            return false;
        }
    }

    private async Task Fire(DueTimer timer, CancellationToken cancellationToken)
    {
        // The saga's own trace goes on: what follows a timeout belongs to the request that started the saga.
        using var activity = Source.StartActivity("saga timer", ActivityKind.Producer, timer.TraceParent);
        var endpoint = await bus.GetSendEndpoint(new Uri("exchange:" + Queues.Orchestrator));
        await endpoint.Send(
            new SagaTimerDue(timer.SagaId, timer.Timer),
            send =>
            {
                send.CorrelationId = timer.SagaId;
                send.Headers.Set(SagaHeaders.SagaId, timer.SagaId.ToString());
                send.Headers.Set(SagaHeaders.SagaType, timer.SagaType);
                if (timer.Timer.Split('/') is [var step, _, ..])
                {
                    send.Headers.Set(SagaHeaders.Step, step);
                }
            },
            cancellationToken);
    }
}
