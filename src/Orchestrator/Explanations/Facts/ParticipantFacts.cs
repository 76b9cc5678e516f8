using SagaOrchestrator.Decisions.Absences;

namespace SagaOrchestrator.Explanations.Facts;

/// <summary>What is known of a participant. What is null is not known.</summary>
/// <param name="Name">Its queue.</param>
public sealed record ParticipantFacts(string Name)
{
    /// <summary>How many messages wait in its queue.</summary>
    public long? Messages { get; init; }

    /// <summary>How many read its queue.</summary>
    public long? Consumers { get; init; }

    /// <summary>Why nothing is expected of it, or nothing may be sent to it; null when it is there.</summary>
    public Absence? Absence { get; init; }

    /// <summary>How its breaker stands, in a word.</summary>
    public string? Breaker { get; init; }

    /// <summary>Half of its answers come within this.</summary>
    public TimeSpan? MedianAnswer { get; init; }

    /// <summary>Of its answers, 95 in 100 come within this.</summary>
    public TimeSpan? SlowAnswer { get; init; }
}
