using Quartz;
using SagaOrchestrator.Messaging.Postgres.Retention;

namespace SagaOrchestrator.Engine.Retention;

/// <summary>Deletes what is older than its retention, on one node at a time (rule S31).</summary>
internal sealed class CleanUpJob(CleanUp cleanUp) : IJob
{
    public static readonly JobKey Key = new("clean-up");

    public static readonly TriggerKey Trigger = new("clean-up");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await cleanUp.Try(cancellationToken);
}
