using Quartz;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>The job that audits, on one node at a time.</summary>
internal sealed class AuditJob(Auditor auditor, ILogger<Auditor> log) : IJob
{
    public static RecurringJob Recurring(AuditOptions options) => RecurringJob.Of<AuditJob>("audit", options.Every, options.Every);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await auditor.Run(cancellationToken);
        }
        catch (Exception exception) when (Transient.Is(exception) && !cancellationToken.IsCancellationRequested)
        {
            AuditLog.NotRun(log, exception.Message);
        }
    }
}
