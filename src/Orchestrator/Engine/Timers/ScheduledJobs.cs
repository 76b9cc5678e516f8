using Quartz;
using SagaOrchestrator.Engine.Retention;
using SagaOrchestrator.Messaging.Postgres.Schema;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>
/// Puts the jobs on the scheduler when the process has started, in place of what a former build left there. Quartz would do so while it starts, and
/// end the process when the database has gone away meanwhile; here it is waited for, as it is before.
/// </summary>
internal sealed class ScheduledJobs(
    [FromKeyedServices(TimerSchedule.Name)] ISchedulerFactory schedulers, IServiceProvider services, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan FirstCleanUp = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Startup.WhenPossible(() => Put(stoppingToken), stoppingToken);

    private async Task Put(CancellationToken cancellationToken)
    {
        await Put<FireDueTimers>(TimerSchedule.Job, TimerSchedule.Trigger, FireDueTimers.Interval, clock.GetUtcNow(), cancellationToken);
        if (services.GetService<RetentionOptions>() is { } retention)
        {
            // Soon after the start, so that a process that never lives for a whole interval cleans up too.
            var first = retention.Every < FirstCleanUp ? retention.Every : FirstCleanUp;
            await Put<CleanUpJob>(CleanUpJob.Key, CleanUpJob.Trigger, retention.Every, clock.GetUtcNow() + first, cancellationToken);
        }
    }

    private async Task Put<TJob>(JobKey key, TriggerKey trigger, TimeSpan interval, DateTimeOffset first, CancellationToken cancellationToken)
        where TJob : IJob
    {
        var job = JobBuilder.Create<TJob>().WithIdentity(key).StoreDurably().Build();
        var schedule = TriggerBuilder.Create()
            .ForJob(key)
            .WithIdentity(trigger)
            .StartAt(first)
            .WithSimpleSchedule(simple => simple
                .WithInterval(interval)
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
            .Build();
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.ScheduleJob(job, schedule, ScheduleJobOptions.Replacing, cancellationToken);
    }
}
