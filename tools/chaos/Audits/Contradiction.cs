namespace SagaOrchestrator.Chaos.Audits;

/// <summary>Something that must not be, as the driver has brought it about.</summary>
/// <param name="Kind">The auditor's word for it.</param>
/// <param name="Saga">Of which saga.</param>
/// <param name="PlantedAt">Since when, on the database's clock.</param>
internal sealed record Contradiction(string Kind, Guid Saga, DateTimeOffset PlantedAt)
{
    public const string TimerMissing = "timer-missing";
    public const string CommandLost = "command-lost";
    public const string FenceDisagrees = "fence-disagrees";

    /// <summary>All that are planted.</summary>
    public static readonly IReadOnlyList<string> Kinds = [TimerMissing, CommandLost, FenceDisagrees];
}

/// <summary>What became of it.</summary>
/// <param name="What">What was planted.</param>
/// <param name="Outcome">What the auditor says of it; null when it reported nothing.</param>
/// <param name="After">How long after it was planted the run began that reported it.</param>
/// <param name="MissedRuns">How many runs before that could have seen it, and did not.</param>
/// <param name="IsLogged">Whether the operators' log has a repair of the saga by the auditor.</param>
/// <param name="HadAlarm">Whether an alarm told of the kind while the finding stood.</param>
internal sealed record ReportedContradiction(
    Contradiction What,
    string? Outcome,
    TimeSpan? After,
    int MissedRuns,
    bool IsLogged,
    bool HadAlarm
);
