using Quartz;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Messaging.Background;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>
/// On every node: fires what the scheduler has not fired in time, and puts the scheduler right. Quartz keeps when the job is to run next by
/// the wall clock of the node that ran it last. One whose clock was an hour ahead for a moment would let every timer of every node wait
/// for that hour; the rows are due on the database's clock (rule S35).
/// </summary>
internal sealed class OverdueTimers(
    TimerFiring firing,
    [FromKeyedServices(TimerSchedule.Name)] ISchedulerFactory schedulers,
    TimeProvider clock,
    ILogger<OverdueTimers> log
) : BackgroundService
{
    /// <summary>What is due for so long is overdue.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(5);

    // The job runs every second. What is further off than this was put there by a wrong clock, or is seen by one.
    private static readonly TimeSpan Misplaced = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.Do(Look, exception => SagaLog.TimersNotRead(log, exception.Message), After, stoppingToken, clock: clock);

    private async Task Look(CancellationToken cancellationToken)
    {
        int? fired;
        var all = 0;
        while ((fired = await firing.Fire(After, cancellationToken)) > 0)
        {
            all += fired.Value;
        }

        if (all > 0)
        {
            SagaLog.TimersOverdue(log, all);
            await PutRight(cancellationToken);
        }
    }

    private async Task PutRight(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var trigger = await scheduler.GetTrigger(TimerSchedule.Trigger, cancellationToken);
        var ahead = trigger?.NextFireTimeUtc - clock.GetUtcNow();
        // Late: whoever has the run in hand is gone, and may not count as gone for an hour when its clock was ahead.
        if (trigger is null || ahead is null || (ahead > -After && ahead < Misplaced))
        {
            return;
        }

        SagaLog.ScheduleWrong(log, trigger.NextFireTimeUtc!.Value);
        await scheduler.RescheduleJob(TimerSchedule.Trigger, trigger.GetTriggerBuilder().StartNow().Build(), cancellationToken);
    }
}
