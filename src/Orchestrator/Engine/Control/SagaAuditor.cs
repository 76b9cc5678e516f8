using SagaOrchestrator.Engine.Audit;

namespace SagaOrchestrator.Engine.Control;

/// <summary>Reads what the auditor looked at and found. In memory there is none.</summary>
public sealed class SagaAuditor
{
    private readonly IAuditReports reports;

    internal SagaAuditor(IAuditReports reports) => this.reports = reports;

    /// <summary>Its last runs and its findings, each the newest first; findings that stand come before the others.</summary>
    /// <param name="limit">How many of each at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<AuditReview> Read(int limit, CancellationToken cancellationToken) =>
        new(await reports.Runs(limit, cancellationToken), await reports.Findings(limit, cancellationToken));
}
