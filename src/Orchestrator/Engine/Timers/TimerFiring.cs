using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orchestrator;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>Hands due timers to their sagas, as messages. Several nodes may do so at once.</summary>
/// <param name="timers">The timers.</param>
/// <param name="dispatcher">Sends messages; asked for when there is one to send.</param>
/// <param name="reading">Whether this node reads its queue; null when it always does.</param>
/// <param name="names">Where sagas read their messages.</param>
/// <param name="log">Where it is said that one could not be fired.</param>
internal sealed class TimerFiring(
    IDueTimers timers,
    Func<IMessageDispatcher> dispatcher,
    QueueReading? reading,
    OrchestratorNames names,
    ILogger<TimerFiring> log
)
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Hands in a batch of those that have been due for so long.</summary>
    /// <returns>How many there were; null when the broker is away from this node, and some of them stay due.</returns>
    public async Task<int?> Fire(TimeSpan overdueBy, CancellationToken cancellationToken)
    {
        if (reading?.IsSteady() == false)
        {
            return null;
        }

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
        using var activity = TimerSpan.Start(timer);
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [SagaHeaders.SagaId] = timer.SagaId.ToString(),
            [SagaHeaders.SagaType] = timer.SagaType,
        };
        if (timer.TraceParent is { } trace)
        {
            headers[SagaHeaders.TraceParent] = trace;
        }

        if (timer.Timer.Split('/') is [var step, _, ..])
        {
            headers[SagaHeaders.Step] = step;
        }

        var message = new SagaTimerDue(timer.SagaId, timer.Timer);
        var exchange = Queues.ExchangeOf(names.Queue);
        await dispatcher().Send(OutgoingEnvelope.Of(exchange, message, messageId: null, timer.SagaId, headers), cancellationToken);
    }
}
