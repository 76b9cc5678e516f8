using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;

namespace SagaOrchestrator.Explanations.Answers;

/// <summary>What a saga can wait for.</summary>
public enum WaitKind
{
    /// <summary>To begin.</summary>
    Begin,

    /// <summary>That somebody resumes the paused saga.</summary>
    Resume,

    /// <summary>A participant's answer.</summary>
    Reply,

    /// <summary>The end of a pause, to send a command again.</summary>
    Retry,

    /// <summary>A participant's word whether a step happened.</summary>
    Enquiry,

    /// <summary>A signal.</summary>
    Signal,

    /// <summary>An operator, or a late answer.</summary>
    Operator,
}

/// <summary>One thing that a saga waits for.</summary>
public sealed record WaitExplanation
{
    /// <summary>What kind of thing.</summary>
    public required WaitKind Kind { get; init; }

    /// <summary>The step; null when the saga has not begun.</summary>
    public string? Step { get; init; }

    /// <summary>Whether the step is executed or undone.</summary>
    public Direction? Direction { get; init; }

    /// <summary>Whose answer; null when no participant is waited for.</summary>
    public string? Participant { get; init; }

    /// <summary>Which signal.</summary>
    public string? Signal { get; init; }

    /// <summary>The attempt, or the enquiry, that is waited for.</summary>
    public int? Attempt { get; init; }

    /// <summary>The last one that there is before the step is given up or parked.</summary>
    public int? OfAttempts { get; init; }

    /// <summary>Since when; null when that is not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the wait ends; null when nothing ends it but an operator or an answer.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Why nothing is expected of the participant now.</summary>
    public Absence? Absence { get; init; }

    /// <summary>The queue that the command was sent to, and how it stands; null when no command is waited for.</summary>
    public QueueExplanation? Queue { get; init; }

    /// <summary>Why it waits: what went wrong before.</summary>
    public Failure? Because { get; init; }

    /// <summary>What the participant said last of how far it is.</summary>
    public string? Note { get; init; }

    /// <summary>The wait in a sentence.</summary>
    public required string Sentence { get; init; }
}

/// <summary>A queue that holds a command, or has held it until its participant took it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Messages">How many messages wait there; null when the broker did not say.</param>
/// <param name="Consumers">How many read it; null when the broker did not say.</param>
/// <param name="Sentence">The same in a sentence.</param>
public sealed record QueueExplanation(string Name, long? Messages, long? Consumers, string Sentence);
