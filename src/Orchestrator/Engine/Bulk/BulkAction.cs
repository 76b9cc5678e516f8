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

    /// <summary>Sends each dead letter to its queue again.</summary>
    Redrive,

    /// <summary>Drops each dead letter.</summary>
    Discard,
}

/// <summary>What is to be done, and to which step.</summary>
/// <param name="Verb">What.</param>
/// <param name="Step">Only at this step; null for each step that is stuck or backed off. Not used by a cancel.</param>
/// <param name="Result">For steps that are resolved as done: the result that each participant would have answered with.</param>
public sealed record BulkAction(BulkVerb Verb, string? Step = null, JsonElement? Result = null)
{
    /// <summary>Whether it is meant for dead letters; else it is meant for sagas.</summary>
    public bool IsForDeadLetters => Verb is BulkVerb.Redrive or BulkVerb.Discard;
}
