namespace SagaOrchestrator.Participants.Kit.Fencing;

/// <summary>What to do with a command, given what is remembered. Pure.</summary>
internal static class FenceRules
{
    /// <summary>A command to execute: refused after its compensation (rule S8), answered again when it was answered, else executed.</summary>
    public static FenceVerdict OnDo(FenceRow row) => row switch
    {
        { Undo: not EffectState.None } => FenceVerdict.Refuse,
        { Do: EffectState.Completed or EffectState.Rejected } => FenceVerdict.AnswerAgain,
        _ => FenceVerdict.Execute,
    };

    /// <summary>A command to undo: answered again when it is done, a tombstone when there is nothing to undo (rule S7), else executed.</summary>
    public static FenceVerdict OnUndo(FenceRow row) => row switch
    {
        { Undo: EffectState.Completed } => FenceVerdict.AnswerAgain,
        { Do: EffectState.None or EffectState.Rejected } => FenceVerdict.Tombstone,
        _ => FenceVerdict.Execute,
    };
}

internal enum FenceVerdict
{
    Execute,
    AnswerAgain,
    Refuse,
    Tombstone,
}
