namespace SagaOrchestrator.Engine.Audit;

/// <summary>What the auditor wrote down.</summary>
internal interface IAuditReports
{
    /// <summary>Its last runs, the newest first.</summary>
    Task<IReadOnlyList<AuditRun>> Runs(int limit, CancellationToken cancellationToken);

    /// <summary>Its findings: those that stand, then the others, each the newest first.</summary>
    Task<IReadOnlyList<AuditFinding>> Findings(int limit, CancellationToken cancellationToken);

    /// <summary>The kinds of findings that stand: how many of each, and the first of them.</summary>
    Task<IReadOnlyList<StandingKind>> Standing(CancellationToken cancellationToken);
}

/// <summary>Findings of one kind that stand.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many.</param>
/// <param name="First">The oldest.</param>
internal sealed record StandingKind(string Kind, int Count, AuditFinding First);
