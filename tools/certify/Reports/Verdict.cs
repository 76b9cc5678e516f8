namespace SagaOrchestrator.Certify.Reports;

/// <summary>What became of a rule.</summary>
internal enum Verdict
{
    Held,
    Failed,
    NotTried,
}

/// <summary>A rule that was judged, for one step or for the queue.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Step">The step; null for the queue.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Expected">What the participant must do.</param>
/// <param name="Seen">What it did, or why the rule was not tried.</param>
/// <param name="Next">The next move when it failed.</param>
/// <param name="Took">How long it was tried.</param>
internal sealed record Finding(string Rule, string? Step, Verdict Verdict, string Expected, string Seen, string Next, TimeSpan Took)
{
    public string Word =>
        Verdict switch
        {
            Verdict.Held => "held",
            Verdict.Failed => "failed",
            _ => "not tried",
        };
}

/// <summary>Everything that was judged.</summary>
/// <param name="Queue">The participant.</param>
/// <param name="Findings">In the order in which they were tried.</param>
/// <param name="Unanswered">How many messages had no answer in the end.</param>
internal sealed record Certificate(string Queue, IReadOnlyList<Finding> Findings, int Unanswered = 0)
{
    public bool IsGiven => Findings.All(finding => finding.Verdict != Verdict.Failed);

    public int Count(Verdict verdict) => Findings.Count(finding => finding.Verdict == verdict);

    public string Summary =>
        $"'{Queue}' {(IsGiven ? "keeps the contract" : "breaks the contract")}: "
        + $"{Count(Verdict.Held)} held, {Count(Verdict.Failed)} failed, {Count(Verdict.NotTried)} not tried."
        + Unanswered switch
        {
            0 => string.Empty,
            1 => " 1 message is unanswered.",
            _ => $" {Unanswered} messages are unanswered.",
        };
}
