using System.Text.Json;

namespace SagaOrchestrator.Engine.Bulk;

/// <summary>What a bulk job does to each of its items.</summary>
public enum BulkVerb
{
    /// <summary>Sends the command of each step again that is stuck or backed off.</summary>
    Retry,

    /// <summary>Gives each stuck compensation up.</summary>
    Skip,

    /// <summary>Says that each stuck step, or compensation, is done.</summary>
    ResolveAsDone,

    /// <summary>Says that each stuck step did not happen.</summary>
    ResolveAsNotDone,

    /// <summary>Gives each saga up and undoes its steps.</summary>
    Cancel,

    /// <summary>Pauses each saga.</summary>
    Pause,

    /// <summary>Resumes each paused saga.</summary>
    Resume,

    /// <summary>Lets each saga, or the step of each, wait longer.</summary>
    Extend,

    /// <summary>Sends each dead letter to its queue again.</summary>
    Redrive,

    /// <summary>Drops each dead letter.</summary>
    Discard,
}

/// <summary>What is to be done, and to which step.</summary>
/// <param name="Verb">What.</param>
/// <param name="Step">Only at this step; null for each step that is stuck or backed off, and for the saga where it is extended. A cancel,
/// a pause and a resume do not use it.</param>
/// <param name="Result">For steps that are resolved as done: the result that each participant would have answered with.</param>
/// <param name="Until">Of an extension: until when.</param>
public sealed record BulkAction(BulkVerb Verb, string? Step = null, JsonElement? Result = null, DateTimeOffset? Until = null)
{
    /// <summary>Whether it is meant for dead letters; else it is meant for sagas.</summary>
    public bool IsForDeadLetters => Verb is BulkVerb.Redrive or BulkVerb.Discard;

    /// <summary>Whether sagas are to end by it, so that what came of them says whether it was right.</summary>
    internal bool LeadsOut => !IsForDeadLetters && Verb is not (BulkVerb.Pause or BulkVerb.Resume or BulkVerb.Extend);

    /// <summary>Whether it is meant for each saga as a whole; else it is meant for steps.</summary>
    internal bool IsForWholeSagas =>
        Verb is BulkVerb.Cancel or BulkVerb.Pause or BulkVerb.Resume || (Verb == BulkVerb.Extend && Step is null);
}
