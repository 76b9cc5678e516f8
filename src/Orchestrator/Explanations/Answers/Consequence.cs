using System.Collections.Immutable;

namespace SagaOrchestrator.Explanations.Answers;

/// <summary>What kind of thing follows.</summary>
public enum ConsequenceKind
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The saga begins to fail.</summary>
    Fails,

    /// <summary>Steps that run are given the time to answer.</summary>
    Settles,

    /// <summary>A step is started.</summary>
    Starts,

    /// <summary>A command is sent again, or at last.</summary>
    Sends,

    /// <summary>A step's compensation is sent.</summary>
    Undoes,

    /// <summary>A participant is asked whether a step happened.</summary>
    Asks,

    /// <summary>A participant is told to refuse a step from now on.</summary>
    Fences,

    /// <summary>A step goes on waiting, or waits for something else.</summary>
    Waits,

    /// <summary>The saga is paused: it sends nothing until it is resumed.</summary>
    Pauses,

    /// <summary>The saga is resumed.</summary>
    Resumes,

    /// <summary>The saga has more time.</summary>
    Extends,

    /// <summary>A step is taken as done, undone, not done, unknown or skipped.</summary>
    Settled,

    /// <summary>A signal is kept for its step.</summary>
    Keeps,

    /// <summary>The saga is parked.</summary>
    Parks,

    /// <summary>The saga ends.</summary>
    Ends,
}

/// <summary>One thing that follows.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Step">The step that it is about; null when it is about the saga.</param>
/// <param name="Text">It in words, to come after a subject: <c>sends process_payment to payments again (attempt 3)</c>.</param>
public sealed record Consequence(ConsequenceKind Kind, string? Step, string Text);

/// <summary>A step that is to be undone.</summary>
/// <param name="Step">The step.</param>
/// <param name="Participant">Who undoes it.</param>
/// <param name="MayNotHaveHappened">
/// Whether nobody knows yet that it happened. It is undone all the same, unless its participant answers that it did not.
/// </param>
public sealed record UndoneStep(string Step, string Participant, bool MayNotHaveHappened);

/// <summary>What would be undone, in this order.</summary>
/// <param name="IsPossible">Whether the saga can still fail and be undone; false from the pivot on, and when it has ended.</param>
/// <param name="IsUnderWay">Whether it fails already, so that this is still to come.</param>
/// <param name="Steps">One after another.</param>
/// <param name="Sentence">The same in a sentence.</param>
public sealed record Unwinding(bool IsPossible, bool IsUnderWay, ImmutableArray<UndoneStep> Steps, string Sentence);
