using System.Text.Json;
using SagaOrchestrator.Host.Plans;

namespace SagaOrchestrator.Host.Operations.OperateSaga;

/// <summary>Who acts, and why. Both are kept in the history.</summary>
internal record OperatorRequest
{
    /// <summary>The operator, 1 to 100 characters.</summary>
    public string? By { get; init; }

    /// <summary>Why, 1 to 500 characters.</summary>
    public string? Reason { get; init; }

    public IEnumerable<FieldError> CheckWho() => Required("by", By, 100).Concat(Required("reason", Reason, 500));

    protected static IEnumerable<FieldError> Required(string field, string? value, int longest)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > longest || value.Contains('\0', StringComparison.Ordinal))
        {
            yield return new FieldError(field, $"Give 1 to {longest} characters.");
        }
    }
}

/// <summary>An action on one step.</summary>
internal record StepAction : OperatorRequest
{
    /// <summary>The step's name.</summary>
    public string? Step { get; init; }

    public IEnumerable<FieldError> CheckStep() => CheckWho().Concat(Required("step", Step, 200));
}

/// <summary>How a stuck step turned out.</summary>
internal sealed record Resolution : StepAction
{
    public const string Done = "done";
    public const string NotDone = "not-done";

    /// <summary><c>done</c> or <c>not-done</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>For a step that is done: the result that its participant would have answered, which later steps may need.</summary>
    public JsonElement? Result { get; init; }

    public IEnumerable<FieldError> Check()
    {
        foreach (var error in CheckStep())
        {
            yield return error;
        }

        if (Outcome is not (Done or NotDone))
        {
            yield return new FieldError("outcome", $"Say '{Done}' or '{NotDone}'.");
        }

        if (Result is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) })
        {
            yield return new FieldError("result", "Give a JSON object, or leave it out.");
        }

        if (StoredJson.Objection(Result) is { } objection)
        {
            yield return new FieldError("result", objection);
        }
    }
}
