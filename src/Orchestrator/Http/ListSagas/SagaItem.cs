using System.Text.Json;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.ListSagas;

/// <summary>One saga in a list.</summary>
/// <param name="Id">The saga.</param>
/// <param name="Type">The plan's name.</param>
/// <param name="PlanVersion">The plan version that it started with.</param>
/// <param name="BusinessKey">What the business calls it.</param>
/// <param name="State">Started, Pending, Compensating, Completed, Failed or Parked.</param>
/// <param name="StartedAt">UTC, on the database's clock.</param>
/// <param name="UpdatedAt">The last change.</param>
/// <param name="EndedAt">Null while it has not ended.</param>
/// <param name="Verdict">How it ended: Completed, Undone or UndoneExcept, where effects are left. Null while it has not.</param>
/// <param name="DeadlineAt">When it gives up; null when it does not.</param>
/// <param name="Waits">What it waits for; null when it waits for nothing.</param>
/// <param name="Error">Why it compensates, or did; null when it did not.</param>
/// <param name="Stuck">Of a parked saga: the step, or compensation, that waits for an operator, and why.</param>
/// <param name="Compensated">Undone steps, in the order of their undoing.</param>
/// <param name="Columns">What its plan's columns hold.</param>
/// <param name="Links">Where its status is.</param>
[Selectable]
internal sealed record SagaItem(
    Guid Id,
    string Type,
    int PlanVersion,
    string BusinessKey,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt,
    string? Verdict,
    DateTimeOffset? DeadlineAt,
    SagaWait? Waits,
    ErrorStatus? Error,
    ErrorStatus? Stuck,
    IReadOnlyList<string> Compensated,
    JsonElement Columns,
    SelfLinks Links
)
{
    public static SagaItem Of(SagaSummary saga, ApiPaths paths) =>
        new(
            saga.Id,
            saga.Type,
            saga.PlanVersion,
            saga.BusinessKey,
            saga.State,
            saga.StartedAt,
            saga.UpdatedAt,
            saga.EndedAt,
            saga.Verdict,
            saga.DeadlineAt,
            saga.WaitsFor is null
                ? null
                : new SagaWait(saga.Step, saga.Participant, saga.WaitsFor, saga.WaitsSince!.Value, saga.DueAt, saga.Absence),
            ErrorOf(saga.ErrorStep, saga.ErrorCode, saga.ErrorReason),
            ErrorOf(saga.StuckStep, saga.StuckCode, saga.StuckReason),
            saga.Compensated,
            JsonElement.Parse(saga.Columns),
            new SelfLinks(paths.Saga(saga.Id))
        );

    private static ErrorStatus? ErrorOf(string? step, string? code, string? reason) =>
        step is null ? null : new ErrorStatus(step, code ?? string.Empty, reason ?? string.Empty);
}

/// <summary>What a saga waits for.</summary>
/// <param name="Step">At which step; null when it was paused before it began.</param>
/// <param name="Participant">Whose step it is; null when it waits for a signal.</param>
/// <param name="For">Reply, Retry, Enquiry, Signal or Operator; Resume when it is paused.</param>
/// <param name="Since">Since when.</param>
/// <param name="DueAt">When the saga's next timer is due; null when it has none.</param>
/// <param name="Absence">Why nothing is expected of the participant, or nothing is sent to it; null when it is there.</param>
internal sealed record SagaWait(
    string? Step,
    string? Participant,
    string For,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    string? Absence
);
