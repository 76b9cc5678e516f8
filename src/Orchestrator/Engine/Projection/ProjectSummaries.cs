using Quartz;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Engine.Projection;

/// <summary>The job that brings the summaries up to date: on one node at a time, until nothing is left to do.</summary>
internal sealed class ProjectSummaries(SummaryProjection projection, ILogger<ProjectSummaries> log) : IJob
{
    /// <summary>A change is in the lists at most a second late, and what its writing takes.</summary>
    public static readonly RecurringJob Recurring = RecurringJob.Of<ProjectSummaries>("project-summaries", TimeSpan.FromSeconds(1));

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            while (await projection.Run(cancellationToken))
            {
                // There is more.
            }
        }
        catch (Exception exception) when (Transient.Is(exception) && !cancellationToken.IsCancellationRequested)
        {
            SagaLog.SummariesNotWritten(log, exception.Message);
        }
    }
}
