using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using SagaOrchestrator.Http.OperateSaga;

namespace SagaOrchestrator.Http.BulkJobs;

/// <summary>What is to be done to many sagas.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BulkJobRequest : OperatorRequest
{
    public const string Retry = "retry";
    public const string Skip = "skip";
    public const string Resolve = "resolve";
    public const string Cancel = "cancel";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Extend = "extend";
    public const string Redrive = "redrive";
    public const string Discard = "discard";

    /// <summary>
    /// What: <c>retry</c>, <c>skip</c>, <c>resolve</c>, <c>pause</c>, <c>resume</c>, <c>extend</c> or <c>cancel</c>, as for one saga;
    /// <c>redrive</c> or <c>discard</c>, as for one dead letter.
    /// </summary>
    [AllowedValues(Retry, Skip, Resolve, Cancel, Pause, Resume, Extend, Redrive, Discard)]
    public required string Verb { get; init; }

    /// <summary>
    /// Which sagas, or which dead letters: the filters of their list with their values as text, for example
    /// <c>{"state": "Parked", "errorCode": "declined"}</c>. At least one.
    /// </summary>
    public required JsonElement Filter { get; init; }

    /// <summary>Only at this step; each step that is stuck, or backed off, when it is left out. A resolve needs it.</summary>
    [Length(1, 200)]
    public string? Step { get; init; }

    /// <summary>Of a resolve: <c>done</c> or <c>not-done</c>.</summary>
    [AllowedValues(Resolution.Done, Resolution.NotDone)]
    public string? Outcome { get; init; }

    /// <summary>Of steps that are resolved as done: the result that each participant would have answered.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Of an extension: until when each saga, or its step, is to wait.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>True only counts and lists what would be done and what would be refused.</summary>
    public bool DryRun { get; init; }

    /// <summary>Items a second at most.</summary>
    [Range(1, 1000)]
    public int? PerSecond { get; init; }

    /// <summary>
    /// How many items are done before the job looks at what came of them; the last number again and again. By itself 1, 5, 50, 500.
    /// </summary>
    [Length(1, 10)]
    public IReadOnlyList<int>? Ramp { get; init; }

    /// <summary>How long it waits for that, like 10s or 1m; 0s does not wait. By itself 10s.</summary>
    [Length(2, 8)]
    public string? Settle { get; init; }

    /// <summary>The job stops when more than this share of a batch failed or is parked again: from 0 to 1. By itself 0.5.</summary>
    [Range(0, 1)]
    public decimal? StopAt { get; init; }
}
