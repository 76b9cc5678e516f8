using System.Text.Json;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Engine.Bulk;

/// <summary>Why an item is refused before the decider is asked.</summary>
internal static class BulkRefusals
{
    public const string PlanVersionMissing = "plan-version-missing";

    public static Refuse NothingToActOn { get; } =
        new("not-stuck", "No step of the saga waits for an operator, so there is nothing to act on.");

    public static Refuse UnknownSaga { get; } = new("unknown-saga", "The saga is gone: its retention is over.");

    public static Refuse PlanMissing(SagaInstance saga) =>
        new(
            PlanVersionMissing,
            $"This node does not know plan '{saga.Type}' version {saga.PlanVersion}. Resume the job on a build that has it."
        );

    /// <summary>A step that is done has the result that its plan declares; a compensation has none.</summary>
    public static Refuse? OfResult(Plan plan, SagaInstance saga, string step, JsonElement? result, IntakeLimits limits) =>
        saga.Progress.Find(step)?.State == StepState.Executing
        && ResultIntake.Objection(plan, step, result, limits, "result") is { } objection
            ? new Refuse("invalid-result", objection.Sentence)
            : null;
}
