using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SagaOrchestrator.Messages;

/// <summary>
/// A participant's answer to a command. Sent to the queue <c>orchestrator</c>.
/// </summary>
/// <remarks>
/// A reply counts only from the participant that was asked, when saga, step, direction and command id match what the saga waits for. One
/// that nobody was asked for is dead-lettered as forged; anything else is recorded in the saga's history; neither changes anything (rules
/// S10 and S37). A reply for a saga that does not exist is retried briefly and then dead-lettered as an orphan (rule S12). A duplicate
/// changes nothing.
/// </remarks>
public abstract record SagaReply
{
    /// <summary>The saga that asked.</summary>
    public required Guid SagaId { get; init; }

    /// <summary>The step that was executed or undone.</summary>
    [Length(1, 200)]
    public required string Step { get; init; }

    /// <summary>The command's id, from <see cref="CommandContext.CommandId"/>.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The attempt that is answered, from <see cref="CommandContext.Attempt"/>.</summary>
    [Range(1, int.MaxValue)]
    public required int Attempt { get; init; }
}

/// <summary>How long the texts of a reply are at most, in characters.</summary>
public static class ReplyTexts
{
    /// <summary>A code: a stable word.</summary>
    public const int LongestCode = 100;

    /// <summary>A reason or a note: a sentence or two.</summary>
    public const int LongestReason = 2000;
}

/// <summary>The step's effect is there, committed, exactly once.</summary>
public sealed record SagaStepCompleted : SagaReply
{
    /// <summary>
    /// A JSON object with what later steps need, for example a reservation id. Null where there is nothing. It must be what the plan
    /// declares for the step; another one is recorded, and the step stays open.
    /// </summary>
    public JsonElement? Result { get; init; }
}

/// <summary>The step did not complete. <see cref="Kind"/> tells whether that is certain.</summary>
public sealed record SagaStepFailed : SagaReply
{
    /// <summary>Rejected (nothing happened, rule S5) or faulted (the outcome is unknown and the step will be undone too).</summary>
    public required FailureKind Kind { get; init; }

    /// <summary>A stable word for programs, for example <c>insufficient_stock</c>. 1 to 100 characters.</summary>
    [Length(1, ReplyTexts.LongestCode)]
    public required string Code { get; init; }

    /// <summary>A sentence for people. At most 2000 characters.</summary>
    [StringLength(ReplyTexts.LongestReason)]
    public required string Reason { get; init; }
}

/// <summary>
/// The step's effect is gone. Also the answer when there never was one: the participant has left a tombstone
/// and will refuse the command should it still arrive (rules S7 and S8).
/// </summary>
public sealed record SagaCompensationCompleted : SagaReply
{
    /// <summary>True when there was no effect to undo and only a tombstone was written.</summary>
    public bool NothingToUndo { get; init; }
}

/// <summary>The compensation did not complete. It is retried with backoff and then the saga is parked (rule S14).</summary>
public sealed record SagaCompensationFailed : SagaReply
{
    /// <summary>A stable word for programs, for example <c>gateway_unavailable</c>. 1 to 100 characters.</summary>
    [Length(1, ReplyTexts.LongestCode)]
    public required string Code { get; init; }

    /// <summary>A sentence for people. At most 2000 characters.</summary>
    [StringLength(ReplyTexts.LongestReason)]
    public required string Reason { get; init; }
}

/// <summary>
/// The participant is still at work on a step, or on its compensation: a heartbeat. The step gets its whole time again.
/// Send one well before the step's timeout; a duplicate or late one only gives time.
/// </summary>
public sealed record SagaStepProgressed : SagaReply
{
    /// <summary>How far it is, in a sentence for people of at most 2000 characters; may be null.</summary>
    [StringLength(ReplyTexts.LongestReason)]
    public string? Note { get; init; }
}

/// <summary>The answer to <see cref="QueryOutcome"/>. A duplicate changes nothing.</summary>
public sealed record SagaStepOutcomeReported : SagaReply
{
    /// <summary>Whether the step happened.</summary>
    public required ReportedOutcome Outcome { get; init; }

    /// <summary>For a step that is done: its result, as in <see cref="SagaStepCompleted.Result"/>.</summary>
    public JsonElement? Result { get; init; }
}

/// <summary>Whether a step happened. On the wire: <c>done</c>, <c>not_done</c> or <c>in_progress</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportedOutcome>))]
public enum ReportedOutcome
{
    /// <summary>The effect is there, committed.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>Nothing happened, and the participant refuses the command from now on, whichever copy of it arrives (rule S8).</summary>
    [JsonStringEnumMemberName("not_done")]
    NotDone,

    /// <summary>The work has begun and has no outcome yet.</summary>
    [JsonStringEnumMemberName("in_progress")]
    InProgress,
}

/// <summary>What a failed step left behind. On the wire: <c>rejected</c> or <c>faulted</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureKind>))]
public enum FailureKind
{
    /// <summary>The participant guarantees that nothing happened. The step is not compensated.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>Nobody knows whether it happened. The step is retried with the same command id, then compensated.</summary>
    [JsonStringEnumMemberName("faulted")]
    Faulted,
}
