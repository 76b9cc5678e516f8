using SagaOrchestrator.Messaging.Background;

namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>
/// On every node: audits when the scheduler has not in time. Quartz keeps when a job is to run next by the wall clock of the node that ran
/// it last, and one whose clock was an hour ahead for a moment would put the auditor off for that hour (ADR 24).
/// </summary>
internal sealed class AuditOnTime(Auditor auditor, IAuditStore store, AuditOptions options, TimeProvider clock, ILogger<Auditor> log)
    : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.Do(
            Look,
            exception => AuditLog.NotRun(log, exception.Message),
            options.Every,
            stoppingToken,
            options.Every + Patience,
            clock
        );

    private async Task Look(CancellationToken cancellationToken)
    {
        if (await store.SinceLastRun(cancellationToken) is not { } since || since > options.Every + Patience)
        {
            await auditor.Run(cancellationToken);
        }
    }
}
