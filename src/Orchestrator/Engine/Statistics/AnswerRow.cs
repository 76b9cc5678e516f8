namespace SagaOrchestrator.Engine.Statistics;

/// <summary>What came of a command that was sent to a participant.</summary>
internal static class AnswerOutcomes
{
    public const string Completed = "Completed";

    /// <summary>Nothing happened, and nothing will.</summary>
    public const string Rejected = "Rejected";

    /// <summary>Nobody knows whether it happened: a fault, or no answer in time.</summary>
    public const string Unknown = "Unknown";
}

/// <summary>What a participant answered. The bucket says after how long.</summary>
internal sealed record AnswerRow(DateTimeOffset Hour, string Type, string Participant, string Outcome, int Bucket, long Answers)
{
    /// <summary>The bucket of what was not answered, or is not known to have been sent.</summary>
    public const int NoTime = -1;
}

/// <summary>The same over hours and types.</summary>
internal sealed record AnswerSum(string Participant, string Outcome, int Bucket, long Answers);
