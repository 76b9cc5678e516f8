using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Audit;
using SagaOrchestrator.Engine.Audit.Running;
using SagaOrchestrator.Engine.Postgres.Audit;

namespace SagaOrchestrator.Engine.Hosting;

/// <summary>What looks for what must not be.</summary>
internal static class AuditServices
{
    public static void AddAuditor(this IServiceCollection services, SagaOrchestratorOptions options)
    {
        services.AddSingleton<IAuditStore, PostgresAudit>();
        services.AddSingleton<IAuditReports, PostgresAuditReports>();
        services.AddSingleton<IFences>(_ => PostgresFences.Open(options.FenceConnectionString, options.Audit));
        services.AddSingleton<AuditMetrics>();
        services.AddSingleton<AuditRepairs>();
        services.AddSingleton<SagaAudit>();
        services.AddSingleton<CommandAudit>();
        services.AddSingleton<FenceAudit>();
        services.AddSingleton<Auditor>();
        services.AddSingleton<AlarmSource, StandingFindings>();
        services.AddSingleton(AuditJob.Recurring(options.Audit));
        services.AddHostedService<AuditOnTime>();
    }
}
