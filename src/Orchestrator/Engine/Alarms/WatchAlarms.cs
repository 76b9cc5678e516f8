using Quartz;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Engine.Alarms;

/// <summary>The job that raises and clears alarms, on one node at a time.</summary>
internal sealed class WatchAlarms(IEnumerable<AlarmSource> sources, IAlarms alarms, ILogger<WatchAlarms> log) : IJob
{
    /// <summary>Nobody needs to know sooner.</summary>
    public static readonly RecurringJob Recurring = RecurringJob.Of<WatchAlarms>("watch-alarms", TimeSpan.FromSeconds(5));

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var causes = new List<AlarmCause>();
            foreach (var source in sources)
            {
                causes.AddRange(await source.Look(cancellationToken));
            }

            foreach (var change in await alarms.Update(causes, cancellationToken))
            {
                Tell(change);
            }
        }
        catch (Exception exception) when (Transient.Is(exception) && !cancellationToken.IsCancellationRequested)
        {
            AlarmLog.NotWatched(log, exception.Message);
        }
    }

    private void Tell(AlarmChange change)
    {
        switch (change.What)
        {
            case AlarmLog.RaisedWord:
                AlarmLog.Raised(log, change.Kind, change.Subject, change.Detail);
                break;
            case AlarmLog.EscalatedWord:
                AlarmLog.Escalated(log, change.Kind, change.Subject, change.Detail);
                break;
            default:
                AlarmLog.Cleared(log, change.Kind, change.Subject);
                break;
        }
    }
}
