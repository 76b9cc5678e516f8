using SagaOrchestrator.Messaging.Background;

namespace SagaOrchestrator.Engine.Alarms;

/// <summary>
/// On every node: looks after alarms when the scheduler has not in time. One clock that was an hour ahead for a moment would put the job
/// off for that hour (ADR 24).
/// </summary>
internal sealed class AlarmsOnTime(AlarmLook look, IAlarms alarms, TimeProvider clock, ILogger<WatchAlarms> log) : BackgroundService
{
    private static readonly TimeSpan Patience = WatchAlarms.Recurring.Every * 3;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.Do(
            Look,
            exception => AlarmLog.NotWatched(log, exception.Message),
            WatchAlarms.Recurring.Every,
            stoppingToken,
            Patience,
            clock
        );

    private async Task Look(CancellationToken cancellationToken)
    {
        if (await alarms.SinceLastLook(cancellationToken) is not { } since || since > Patience)
        {
            await look.Look(cancellationToken);
        }
    }
}
