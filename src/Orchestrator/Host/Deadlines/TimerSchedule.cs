using Quartz;

namespace SagaOrchestrator.Host.Deadlines;

/// <summary>Puts the job on Quartz.</summary>
internal static class TimerSchedule
{
    /// <summary>Clustered over all replicas: one of them runs the job, another takes over when it dies.</summary>
    public static IServiceCollection AddClusteredTimers(this IServiceCollection services, string connectionString, string schema) =>
        services.AddTimers(quartz => quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(connectionString);
            store.UseSystemTextJsonSerializer();
            store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(5));
            store.ConfigureStore(options => options.TablePrefix = schema + "." + QuartzSchema.TablePrefix);
        }));

    /// <summary>On this node alone, for the embedded mode.</summary>
    public static IServiceCollection AddLocalTimers(this IServiceCollection services) =>
        services.AddTimers(quartz => quartz.UseInMemoryStore());

    private static IServiceCollection AddTimers(this IServiceCollection services, Action<IQuartzBuilder> store)
    {
        var key = new JobKey("fire-due-timers");
        services.AddQuartz("saga-orchestrator", quartz =>
        {
            store(quartz);
            quartz.AddJob<FireDueTimers>(job => job.WithIdentity(key).StoreDurably());
            quartz.AddTrigger(trigger => trigger
                .ForJob(key)
                .WithIdentity("fire-due-timers")
                .WithSimpleSchedule(schedule => schedule
                    .WithInterval(FireDueTimers.Interval)
                    .RepeatForever()
                    .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
        });
        return services.AddQuartzHostedService("saga-orchestrator", options => options.WaitForJobsToComplete = true);
    }
}
