using Quartz;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Engine.Alarms;

/// <summary>The job that raises and clears alarms, on one node at a time.</summary>
internal sealed class WatchAlarms(AlarmLook alarms, ILogger<WatchAlarms> log) : IJob
{
    /// <summary>Nobody needs to know sooner.</summary>
    public static readonly RecurringJob Recurring = RecurringJob.Of<WatchAlarms>("watch-alarms", TimeSpan.FromSeconds(5));

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await alarms.Look(cancellationToken);
        }
        catch (Exception exception) when (Transient.Is(exception) && !cancellationToken.IsCancellationRequested)
        {
            AlarmLog.NotWatched(log, exception.Message);
        }
    }
}
