using Quartz;
using SagaOrchestrator.Messaging.Postgres.Schema;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>
/// Puts the job on the scheduler when the process has started, in place of what a former build left there. Quartz would do so while it starts, and
/// end the process when the database has gone away meanwhile; here it is waited for, as it is before.
/// </summary>
internal sealed class TimerJob([FromKeyedServices(TimerSchedule.Name)] ISchedulerFactory schedulers) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Startup.WhenPossible(() => Put(stoppingToken), stoppingToken);

    private async Task Put(CancellationToken cancellationToken)
    {
        var job = JobBuilder.Create<FireDueTimers>().WithIdentity(TimerSchedule.Job).StoreDurably().Build();
        var trigger = TriggerBuilder.Create()
            .ForJob(TimerSchedule.Job)
            .WithIdentity(TimerSchedule.Trigger)
            .WithSimpleSchedule(schedule => schedule
                .WithInterval(FireDueTimers.Interval)
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
            .Build();
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.ScheduleJob(job, trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }
}
