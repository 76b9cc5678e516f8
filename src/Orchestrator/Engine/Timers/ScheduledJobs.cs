using Quartz;
using SagaOrchestrator.Messaging.Postgres.Schema;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>
/// Puts the jobs on the scheduler when the process has started, in place of what a former build left there. Quartz would do so while it
/// starts, and end the process when the database has gone away meanwhile; here it is waited for, as it is before.
/// </summary>
internal sealed class ScheduledJobs(
    [FromKeyedServices(TimerSchedule.Name)] ISchedulerFactory schedulers,
    IEnumerable<RecurringJob> jobs,
    TimeProvider clock
) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Startup.WhenPossible(() => Put(stoppingToken), stoppingToken);

    private async Task Put(CancellationToken cancellationToken)
    {
        foreach (var job in jobs)
        {
            await Put(job, cancellationToken);
        }
    }

    private async Task Put(RecurringJob recurring, CancellationToken cancellationToken)
    {
        var key = new JobKey(recurring.Name);
        var job = JobBuilder.Create().OfType(recurring.Job).WithIdentity(key).StoreDurably().Build();
        var schedule = TriggerBuilder
            .Create()
            .ForJob(key)
            .WithIdentity(recurring.Name)
            .StartAt(NextSecond(clock.GetUtcNow()) + recurring.First)
            .WithSimpleSchedule(simple =>
                simple
                    .WithInterval(recurring.Every)
                    .RepeatForever()
                    .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)
            )
            .Build();
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.ScheduleJob(job, schedule, ScheduleJobOptions.Replacing, cancellationToken);
    }

    // Jobs that are due at the same instant cost Quartz one round with the database, and not one each.
    private static DateTimeOffset NextSecond(DateTimeOffset now) =>
        now.AddTicks(TimeSpan.TicksPerSecond - (now.Ticks % TimeSpan.TicksPerSecond));
}
