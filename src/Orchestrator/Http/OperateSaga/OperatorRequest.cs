using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SagaOrchestrator.Http.OperateSaga;

/// <summary>Who acts, and why. Both are kept in the history.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal record OperatorRequest
{
    /// <summary>
    /// Who acts, 1 to 100 characters: only where nobody authenticates. A caller with a token or a key is known by it, and leaves this out.
    /// </summary>
    [Length(1, 100)]
    public string? By { get; init; }

    /// <summary>Why, 1 to 500 characters.</summary>
    [Length(1, 500)]
    public required string Reason { get; init; }
}

/// <summary>An action on one step.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal record StepAction : OperatorRequest
{
    /// <summary>The step's name.</summary>
    [Length(1, 200)]
    public required string Step { get; init; }
}

/// <summary>More time.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Extension : OperatorRequest
{
    /// <summary>The step that waits for an answer or a signal; the saga's own deadline when it is left out.</summary>
    [Length(1, 200)]
    public string? Step { get; init; }

    /// <summary>Until when it is to wait: later than now, and than it waits already.</summary>
    public required DateTimeOffset Until { get; init; }
}

/// <summary>How a step turned out that is stuck, or whose result was refused.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Resolution : StepAction
{
    public const string Done = "done";
    public const string NotDone = "not-done";

    /// <summary><c>done</c> or <c>not-done</c>.</summary>
    [AllowedValues(Done, NotDone)]
    public required string Outcome { get; init; }

    /// <summary>For a step that is done: the result that its participant would have answered, which later steps may need.</summary>
    public JsonElement? Result { get; init; }
}
