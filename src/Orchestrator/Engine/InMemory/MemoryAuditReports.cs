using SagaOrchestrator.Engine.Audit;

namespace SagaOrchestrator.Engine.InMemory;

/// <summary>In memory nothing audits: there are no rows that could contradict one another.</summary>
internal sealed class MemoryAuditReports : IAuditReports
{
    public Task<IReadOnlyList<AuditRun>> Runs(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AuditRun>>([]);

    public Task<IReadOnlyList<AuditFinding>> Findings(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AuditFinding>>([]);

    public Task<IReadOnlyList<StandingKind>> Standing(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StandingKind>>([]);
}
