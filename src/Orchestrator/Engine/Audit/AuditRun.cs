namespace SagaOrchestrator.Engine.Audit;

/// <summary>What one run of the auditor looked at, and what came of it.</summary>
/// <param name="Number">Counts the runs.</param>
/// <param name="StartedAt">UTC, on the database's clock.</param>
/// <param name="DurationSeconds">How long it took.</param>
/// <param name="LookedAt">What it looked at.</param>
/// <param name="Found">How many findings there were that it had not found before, and those that it repaired.</param>
/// <param name="Repaired">How many of them it repaired.</param>
/// <param name="Left">How many findings stand after it.</param>
/// <param name="Cursor">Behind which saga the round through all sagas goes on; null when it begins anew.</param>
public sealed record AuditRun(
    long Number,
    DateTimeOffset StartedAt,
    double DurationSeconds,
    AuditCounts LookedAt,
    int Found,
    int Repaired,
    int Left,
    Guid? Cursor
);

/// <summary>What a run of the auditor looked at.</summary>
/// <param name="Sagas">Rows of sagas.</param>
/// <param name="Commands">Commands that are on their way for long, whose fence can be read.</param>
/// <param name="Fences">Sagas that ended, beside the fences of their participants.</param>
/// <param name="Jobs">Bulk jobs that run.</param>
public sealed record AuditCounts(int Sagas, int Commands, int Fences, int Jobs);

/// <summary>What the auditor looked at and found.</summary>
/// <param name="Runs">Its last runs, the newest first.</param>
/// <param name="Findings">Those that stand, then the others, each the newest first.</param>
public sealed record AuditReview(IReadOnlyList<AuditRun> Runs, IReadOnlyList<AuditFinding> Findings);

/// <summary>Something that must not be.</summary>
/// <param name="Kind">What: <c>timer-missing</c>, <c>command-lost</c>, <c>fence-disagrees</c> and so on.</param>
/// <param name="Subject">The id of the saga, or of the bulk job.</param>
/// <param name="Step">At which step; null for the whole.</param>
/// <param name="Detail">In sentences: what contradicts what.</param>
/// <param name="FoundAt">UTC, on the database's clock.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="EndedAt">When it was repaired, or was gone; null while it stands.</param>
public sealed record AuditFinding(
    string Kind,
    string Subject,
    string? Step,
    string Detail,
    DateTimeOffset FoundAt,
    AuditOutcome Outcome,
    DateTimeOffset? EndedAt
);

/// <summary>What came of a finding.</summary>
public enum AuditOutcome
{
    /// <summary>The auditor repaired it.</summary>
    Repaired,

    /// <summary>It stands, and an alarm says so.</summary>
    Standing,

    /// <summary>It stood, and a later run did not find it any more.</summary>
    Gone,
}
