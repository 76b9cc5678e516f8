using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Explanations.Answers;

/// <summary>Where a step stands, in a word for people.</summary>
public enum StepPhase
{
    /// <summary>Not begun.</summary>
    Planned,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>It happened.</summary>
    Done,

    /// <summary>It did not happen.</summary>
    NotDone,

    /// <summary>Nobody knows whether it happened.</summary>
    Unknown,

    /// <summary>Its effect is being taken back.</summary>
    Undoing,

    /// <summary>Its effect is gone.</summary>
    Undone,

    /// <summary>Left out.</summary>
    Skipped,

    /// <summary>Its compensation was given up; the effect may be there.</summary>
    LeftStanding,

    /// <summary>It, or its compensation, waits for an operator.</summary>
    Parked,
}

/// <summary>One step.</summary>
public sealed record StepExplanation
{
    /// <summary>The step.</summary>
    public required string Name { get; init; }

    /// <summary>Steps of one stage run in parallel.</summary>
    public required int Stage { get; init; }

    /// <summary>Whom it is sent to; null for a wait for a signal.</summary>
    public string? Participant { get; init; }

    /// <summary>The signal that it waits for; null for a command.</summary>
    public string? Signal { get; init; }

    /// <summary>What its failure means for the saga.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>Whether it runs only when a condition holds.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Where it stands, in the orchestrator's words.</summary>
    public required StepState State { get; init; }

    /// <summary>Where it stands, in a word for people.</summary>
    public required StepPhase Phase { get; init; }

    /// <summary>Which direction counts now.</summary>
    public required Direction Direction { get; init; }

    /// <summary>How often its command was sent or is scheduled.</summary>
    public required int Attempt { get; init; }

    /// <summary>
    /// The last attempt that it has before it is given up or parked, if nobody answers; null for a signal, and when there are too many to
    /// count.
    /// </summary>
    public int? OfAttempts { get; init; }

    /// <summary>The same as <see cref="Attempt"/> for its compensation.</summary>
    public required int UndoAttempt { get; init; }

    /// <summary>The same as <see cref="OfAttempts"/> for its compensation; null when it has none.</summary>
    public int? OfUndoAttempts { get; init; }

    /// <summary>When it began; null when it has not, or when the history was not read.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its outcome was known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When its compensation was sent for the first time.</summary>
    public DateTimeOffset? UndoStartedAt { get; init; }

    /// <summary>When its effect was gone.</summary>
    public DateTimeOffset? UndoneAt { get; init; }

    /// <summary>Its place among those that would be undone if the saga failed now, from 1; null when it would not be.</summary>
    public int? WouldBeUndone { get; init; }

    /// <summary>Why it did not complete.</summary>
    public Failure? ForwardError { get; init; }

    /// <summary>What went wrong last with its compensation.</summary>
    public Failure? CompensationError { get; init; }

    /// <summary>What its participant said last of how far it is.</summary>
    public string? Note { get; init; }

    /// <summary>Why a result that its participant answered with was not taken.</summary>
    public string? RefusedResult { get; init; }
}
