using Quartz;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messaging.Postgres.Retention;

namespace SagaOrchestrator.Engine.Retention;

/// <summary>Deletes what is older than its retention, on one node at a time (rule S31).</summary>
internal sealed class CleanUpJob(CleanUp cleanUp) : IJob
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(10);

    /// <summary>Soon after the start, so that a process that never lives for a whole interval cleans up too.</summary>
    public static RecurringJob Recurring(RetentionOptions retention) =>
        RecurringJob.Of<CleanUpJob>("clean-up", retention.Every, retention.Every < First ? retention.Every : First);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await cleanUp.Try(cancellationToken);
}
