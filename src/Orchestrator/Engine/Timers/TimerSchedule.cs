using MassTransit;
using Npgsql;
using Quartz;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>Sets up Quartz; <see cref="ScheduledJobs"/> puts the jobs on it.</summary>
internal static class TimerSchedule
{
    /// <summary>The scheduler's name.</summary>
    public const string Name = "saga-orchestrator";

    private const string JobName = "fire-due-timers";

    /// <summary>The job that fires due timers.</summary>
    public static readonly JobKey Job = new(JobName);

    /// <summary>What runs it.</summary>
    public static readonly TriggerKey Trigger = new(JobName);

    /// <summary>Clustered over all replicas: each run of the job is one replica's, and another takes over when it dies.</summary>
    public static IServiceCollection AddClusteredTimers(this IServiceCollection services, string schema)
    {
        services.AddSingleton(provider => new QueueReading(
            () => provider.GetRequiredService<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy,
            provider.GetRequiredService<TimeProvider>()
        ));
        return services.AddTimers(quartz =>
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(database => database.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
                store.UseSystemTextJsonSerializer();
                store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(5));
                store.ConfigureStore(options =>
                {
                    options.TablePrefix = schema + "." + QuartzSchema.TablePrefix;
                    // Others would keep a process from ending that has left its scheduler.
                    options.UseBackgroundThreads = true;
                    // Looked at before, where it is waited for a database that is away.
                    options.SchemaProvisioning = SchemaProvisioning.None;
                });
            })
        );
    }

    /// <summary>On this node alone, for the embedded mode.</summary>
    public static IServiceCollection AddLocalTimers(this IServiceCollection services) =>
        services.AddTimers(quartz => quartz.UseInMemoryStore());

    private static IServiceCollection AddTimers(this IServiceCollection services, Action<IQuartzBuilder> store)
    {
        services.AddQuartz(Name, store);
        services.AddSingleton<TimerRun>();
        services.AddQuartzHostedService<TimerScheduler>(options => options.WaitForJobsToComplete = true);
        services.AddSingleton(RecurringJob.Of<FireDueTimers>(JobName, FireDueTimers.Interval));
        services.AddHostedService<ScheduledJobs>();
        return services.AddHostedService<OverdueTimers>();
    }
}
