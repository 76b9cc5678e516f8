namespace SagaOrchestrator.Console.Api;

internal sealed record ParticipantItem(
    string Name,
    string State,
    DateTimeOffset? Since,
    string? Reason,
    long? Consumers,
    long? Backlog,
    string? SetTo,
    string? SetBy,
    DateTimeOffset? SetAt
);

internal sealed record SagaTypeItem(string Type, string Starts, string? StoppedBy, DateTimeOffset? StoppedAt, string? Reason);

internal sealed record ReadinessCheck(string Name, string Status, string? Description);

internal sealed record Readiness(string Status, double? AgeSeconds, IReadOnlyList<ReadinessCheck> Checks);

internal sealed record FailureCount(string Step, string Code, long Sagas);

internal sealed record AmountSum(string Column, string Currency, string State, decimal Amount, long Sagas);

internal sealed record DurationSums(double P50, double P95, double P99);

internal sealed record TypeStatistics(
    string Type,
    DateTimeOffset? From,
    long Started,
    long Completed,
    long Failed,
    long Undone,
    DurationSums? Completing,
    IReadOnlyList<FailureCount> Failures,
    IReadOnlyList<AmountSum> Amounts
);

internal sealed record StatisticsAnswer(IReadOnlyList<TypeStatistics> Periods, IReadOnlyList<TypeStatistics> Totals);

/// <summary>Something that needs somebody.</summary>
internal sealed record AlarmItem(string Kind, string Subject, string Detail, DateTimeOffset RaisedAt, string Level)
{
    private const string ForCallers = " See GET ";

    /// <summary>What it says to somebody here: what a caller of the API is to ask for, the page shows.</summary>
    public string Said =>
        Page is not null && Detail.IndexOf(ForCallers, StringComparison.Ordinal) is > 0 and var end ? Detail[..end] : Detail;

    /// <summary>The page on which it is seen to; null when it is seen to outside of the console.</summary>
    public string? Page =>
        (Kind, Subject) switch
        {
            ("parked", _) => "console/parked",
            ("dead-letters", _) => "console/dead-letters",
            ("breaker", _) => "console/participants",
            ("condition", "timers") => "console/timers",
            _ => null,
        };
}
