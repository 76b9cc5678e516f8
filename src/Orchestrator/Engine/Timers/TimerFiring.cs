using System.Diagnostics;
using MassTransit;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orchestrator;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>Hands due timers to their sagas, as messages. Several nodes may do so at once.</summary>
internal sealed class TimerFiring(IDueTimers timers, IBus bus, OrchestratorNames names, ILogger<TimerFiring> log)
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly ActivitySource Source = new(TelemetryNames.Sagas);

    /// <summary>Hands in a batch of those that have been due for so long.</summary>
    /// <returns>How many there were; null when the broker is away from this node, and some of them are due again.</returns>
    public async Task<int?> Fire(TimeSpan overdueBy, CancellationToken cancellationToken)
    {
        var due = await timers.Claim(BatchSize, overdueBy, cancellationToken);
        if (due.Count > 0)
        {
            CrashPoint.Pass(CrashPoint.TimersClaimed);
        }

        var fired = await Task.WhenAll(due.Select(timer => TryFire(timer, cancellationToken)));
        if (fired.Contains(false))
        {
            return null;
        }

        if (due.Count > 0)
        {
            SagaLog.TimersFired(log, due.Count);
        }

        return due.Count;
    }

    private async Task<bool> TryFire(DueTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            await Send(timer, patience.Token);
            return true;
        }
        catch (Exception exception)
        {
            SagaLog.TimerNotFired(log, exception, timer.SagaId);
            await timers.Release(timer.SagaId, CancellationToken.None);
            return false;
        }
    }

    private async Task Send(DueTimer timer, CancellationToken cancellationToken)
    {
        // The saga's own trace goes on: what follows a timeout belongs to the request that started the saga.
        using var activity = Source.StartActivity("saga timer", ActivityKind.Producer, timer.TraceParent);
        var endpoint = await bus.GetSendEndpoint(new Uri("exchange:" + names.Queue));
        await endpoint.Send(
            new SagaTimerDue(timer.SagaId, timer.Timer),
            send =>
            {
                send.CorrelationId = timer.SagaId;
                send.Headers.Set(SagaHeaders.SagaId, timer.SagaId.ToString());
                send.Headers.Set(SagaHeaders.SagaType, timer.SagaType);
                send.Headers.Set(SagaHeaders.TraceParent, activity?.Id ?? timer.TraceParent);
                if (timer.Timer.Split('/') is [var step, _, ..])
                {
                    send.Headers.Set(SagaHeaders.Step, step);
                }
            },
            cancellationToken
        );
    }
}
