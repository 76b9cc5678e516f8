using System.Collections.Immutable;

namespace SagaOrchestrator.Explanations.Answers;

/// <summary>What can be done to a saga from outside.</summary>
public enum MoveKind
{
    /// <summary>Give the saga up, and undo.</summary>
    Cancel,

    /// <summary>Send a stuck or backed-off command again now.</summary>
    Retry,

    /// <summary>Give a stuck compensation up.</summary>
    Skip,

    /// <summary>Say that a stuck step, or compensation, is done.</summary>
    ResolveAsDone,

    /// <summary>Say that a stuck step did not happen.</summary>
    ResolveAsNotDone,

    /// <summary>Send nothing more, until the saga is resumed.</summary>
    Pause,

    /// <summary>Go on where it was paused.</summary>
    Resume,

    /// <summary>Wait longer for a step, or for the saga.</summary>
    Extend,

    /// <summary>Send the signal that a step waits for.</summary>
    Signal,

    /// <summary>Send it as a no.</summary>
    DeclineSignal,
}

/// <summary>One move, and what it would do now.</summary>
public sealed record MoveExplanation
{
    /// <summary>Which move.</summary>
    public required MoveKind Kind { get; init; }

    /// <summary>The step that it is about; null for the saga.</summary>
    public string? Step { get; init; }

    /// <summary>The signal to send.</summary>
    public string? Signal { get; init; }

    /// <summary>Whether it would be accepted and change something.</summary>
    public required bool IsPossible { get; init; }

    /// <summary>Why it is not possible, in a stable word: the decider's, or <c>no-change</c>.</summary>
    public string? Code { get; init; }

    /// <summary>Why it is not possible.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it has to bring the result that the participant would have answered with.</summary>
    public bool NeedsResult { get; init; }

    /// <summary>What follows at once, as the decider says.</summary>
    public ImmutableArray<Consequence> Consequences { get; init; } = [];

    /// <summary>What is undone then, in this order.</summary>
    public ImmutableArray<UndoneStep> ThenUndone { get; init; } = [];

    /// <summary>The move and what it would do, in a sentence.</summary>
    public required string Sentence { get; init; }
}
