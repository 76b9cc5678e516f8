using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Dispatch;

/// <summary>
/// Keeps the outbox empty: sends what a crash or a broker's absence left (rule S28), and waiting messages that are due. In a calm system it
/// finds nothing to send.
/// </summary>
public sealed class OutboxSweeper(ServiceOutbox outbox, TimeSpan interval) : BackgroundService
{
    private const int BatchSize = 500;

    // Of those that wait, so that what each of them costs leaves most of a small machine to the others.
    private const int WaitingBatch = 300;

    // A few at a time: a new message stands behind those few, and not behind all of them.
    private const int AtOnce = 12;

    // Of the time between two sweeps, so that one is over before the next.
    private const double Share = 0.8;

    private readonly EvenPace waits = new(AtOnce, interval * (Share * AtOnce / WaitingBatch), TimeProvider.System);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.Do(Sweep, exception => MessagingLog.SweepFailed(outbox.Log, exception, outbox.Service), interval, stoppingToken);

    private async Task Sweep(CancellationToken cancellationToken)
    {
        IReadOnlyList<OutgoingMessage> overdue;
        int sent;
        do
        {
            overdue = await outbox.Store.ClaimOverdue(BatchSize, cancellationToken);
            if (overdue.Count > 0)
            {
                CrashPoint.Pass(CrashPoint.SweepClaimed);
            }

            sent = (await Task.WhenAll(overdue.Select(Send))).Count(confirmed => confirmed);

            if (sent > 0)
            {
                MessagingLog.Swept(outbox.Log, outbox.Service, sent);
            }
            // Where nothing of a batch can be sent, the broker may be away: the others wait for the next sweep, and not for their backoff.
        } while (overdue.Count == BatchSize && sent > 0 && !cancellationToken.IsCancellationRequested);

        // One batch each time, however many there are: they may be for nobody, and must not be in the way of those that are for this build.
        await waits.Send(await outbox.Store.ClaimWaiting(WaitingBatch, cancellationToken), outbox.SendAgain, cancellationToken);
    }

    private async Task<bool> Send(OutgoingMessage message)
    {
        // The trace goes on where the process that wrote the message was cut off.
        message.Headers.TryGetValue(SagaHeaders.TraceParent, out var traceParent);
        using var activity = MessagingTelemetry.Source.StartActivity("outbox sweep", ActivityKind.Producer, traceParent);
        return await outbox.SendOne(message);
    }
}
