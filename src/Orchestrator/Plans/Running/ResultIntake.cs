using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Plans.Running;

/// <summary>
/// Checks what a participant answered with against what the plan declares for the step, when it arrives: the next step, which needs it,
/// would fail on it when nobody can correct it any more (rule S39).
/// </summary>
public static class ResultIntake
{
    /// <summary>The input to decide on: the success, or that its result is refused.</summary>
    public static SagaInput Checked(SagaInput input, Plan plan, JsonElement? result, IntakeLimits limits) =>
        input is StepSucceeded reply && Objection(plan, reply.Step, result, limits, "result") is { } refusal
            ? Refused(reply, refusal)
            : input;

    /// <summary>A success whose result is refused.</summary>
    public static ResultRefused Refused(StepSucceeded reply, Refusal refusal) =>
        new(reply.Step, reply.CommandId, reply.Attempt, refusal.ToString()) { From = reply.From };

    /// <summary>
    /// Which value of a result, or of a signal's data, is not as the plan declares; null when all are, or when it does not declare any.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="step">The step.</param>
    /// <param name="result">What came.</param>
    /// <param name="limits">The process's limits.</param>
    /// <param name="root">What the path begins with.</param>
    public static Refusal? Objection(Plan plan, string step, JsonElement? result, IntakeLimits limits, string root)
    {
        if (plan.ResultOf(step) is not { } contract)
        {
            return null;
        }

        if (result is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value)
        {
            return contract.Shape.IsNullable ? null : new Refusal(root, contract.Shape.Expected, "nothing");
        }

        var refusals = contract.CheckText(JsonMarshal.GetRawUtf8Value(value), limits, most: 1, takesSealed: contract.IsSensitive);
        return refusals.Count == 0 ? null : refusals[0] with { Path = refusals[0].Path.Length == 0 ? root : $"{root}.{refusals[0].Path}" };
    }

    /// <summary>
    /// Why the results of a saga cannot be kept together; null when they can, or when there are no more of them than before.
    /// </summary>
    public static Refusal? Objection(
        IReadOnlyDictionary<string, JsonElement> results,
        IReadOnlyDictionary<string, JsonElement> before,
        IntakeLimits limits
    )
    {
        var bytes = Bytes(results);
        return bytes <= limits.SagaBytes || bytes <= Bytes(before)
            ? null
            : new Refusal(
                "result",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"at most {limits.SagaBytes} bytes for all results and kept signals of a saga (Limits:SagaBytes)"
                ),
                string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes with this one")
            );
    }

    private static int Bytes(IReadOnlyDictionary<string, JsonElement> results) =>
        results.Sum(result => JsonMarshal.GetRawUtf8Value(result.Value).Length);
}
