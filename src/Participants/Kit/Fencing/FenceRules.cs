namespace SagaOrchestrator.Participants.Fencing;

/// <summary>What to do with a command, given what is remembered. Pure.</summary>
internal static class FenceRules
{
    /// <summary>
    /// A command to execute: refused after its compensation (rule S8), answered again when it was answered, else executed.
    /// A rejection holds for its attempt and those before; a later one is sent only to have the step tried anew (rule S21).
    /// </summary>
    public static FenceVerdict OnDo(FenceRow row, int attempt) =>
        row switch
        {
            { Undo: not EffectState.None } => FenceVerdict.Refuse,
            { Do: EffectState.Completed } => FenceVerdict.AnswerAgain,
            { Do: EffectState.Rejected } when attempt <= row.DoAttempt => FenceVerdict.AnswerAgain,
            { Do: EffectState.Deferred } => FenceVerdict.AnswerInProgress,
            _ => FenceVerdict.Execute,
        };

    /// <summary>
    /// A command to undo: answered again when it is done, a tombstone when there is nothing to undo (rule S7), else executed.
    /// </summary>
    public static FenceVerdict OnUndo(FenceRow row) =>
        row switch
        {
            { Undo: EffectState.Completed } => FenceVerdict.AnswerAgain,
            { Do: EffectState.None or EffectState.Rejected } => FenceVerdict.Tombstone,
            _ => FenceVerdict.Execute,
        };

    /// <summary>
    /// A question for the outcome: what did not happen is fenced, so that the answer stays true. So is unfinished work, when an operator
    /// found it not done.
    /// </summary>
    public static FenceVerdict OnEnquiry(FenceRow row, bool fenceUnfinished) =>
        row switch
        {
            { Undo: not EffectState.None } => FenceVerdict.Refuse,
            { Do: EffectState.Completed } => FenceVerdict.AnswerAgain,
            { Do: EffectState.Begun or EffectState.Deferred } when !fenceUnfinished => FenceVerdict.AnswerInProgress,
            _ => FenceVerdict.Tombstone,
        };

    /// <summary>The row after a tombstone.</summary>
    public static FenceRow Fenced(FenceRow row) => row with { Undo = EffectState.Completed, Tombstone = true };
}

internal enum FenceVerdict
{
    Execute,
    AnswerAgain,
    AnswerInProgress,
    Refuse,
    Tombstone,
}
