namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>The log lines of the auditor. Event ids are stable.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(75, LogLevel.Warning, "The auditor found {Kind} at {Subject} {Step} and repaired it: {Detail}")]
    public static partial void Repaired(ILogger log, string kind, string subject, string? step, string detail);

    [LoggerMessage(
        76,
        LogLevel.Warning,
        "The auditor found what it cannot repair ({Kinds}); {Left} findings stand. See GET /api/v1/audit."
    )]
    public static partial void Left(ILogger log, int left, string kinds);

    [LoggerMessage(77, LogLevel.Warning, "The auditor could not repair saga {SagaId}, and tries again in a later run: {Problem}")]
    public static partial void NotRepaired(ILogger log, Guid sagaId, string problem);

    [LoggerMessage(74, LogLevel.Warning, "The auditor could not run, and does in its next turn: {Problem}")]
    public static partial void NotRun(ILogger log, string problem);
}
