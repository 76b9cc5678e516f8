namespace SagaOrchestrator.Console.Api;

/// <summary>What an operator did, or tried to do.</summary>
internal sealed record OperatorActionItem(
    long Position,
    DateTimeOffset At,
    string Kind,
    string Subject,
    string Verb,
    string? Step,
    string By,
    string? Origin,
    string Reason,
    string Outcome,
    string? Code,
    string? Detail
)
{
    public const string Done = "Done";
    public const string Refused = "Refused";

    /// <summary>The page that shows what it was done to.</summary>
    public string? Page =>
        Kind switch
        {
            "saga" when IsId => $"console/sagas/{Subject}",
            "bulk-job" when IsId => $"console/bulk-jobs/{Subject}",
            "dead-letter" when IsId => $"console/dead-letters/{Subject}",
            "participant" or "saga-type" => "console/participants",
            _ => null,
        };

    /// <summary>What it was done to; of an id the beginning.</summary>
    public string Name => IsId ? Subject[..8] : Subject;

    private bool IsId => Guid.TryParse(Subject, out _);
}

internal sealed record OperatorActionPage(IReadOnlyList<OperatorActionItem> Items, long? Next);
