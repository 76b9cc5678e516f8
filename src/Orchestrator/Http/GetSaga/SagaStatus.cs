using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GetSaga;

/// <summary>Where one saga stands.</summary>
/// <param name="Id">The saga.</param>
/// <param name="Type">The plan's name.</param>
/// <param name="PlanVersion">The plan version that it started with.</param>
/// <param name="BusinessKey">What the business calls it.</param>
/// <param name="State">Started, Pending, Compensating, Completed, Failed or Parked.</param>
/// <param name="StartedAt">UTC, on the database's clock.</param>
/// <param name="UpdatedAt">The last change.</param>
/// <param name="EndedAt">Null while it has not ended.</param>
/// <param name="DeadlineAt">When it gives up; null when it does not.</param>
/// <param name="Steps">In the plan's order.</param>
/// <param name="ForwardError">Why compensation began; null when it did not.</param>
/// <param name="CompensationError">The last thing that went wrong while undoing; a fact of its own (rule S17).</param>
/// <param name="Compensated">Undone steps, in the order of their undoing.</param>
/// <param name="Links">Where to go on.</param>
internal sealed record SagaStatus(
    Guid Id, string Type, int PlanVersion, string BusinessKey, SagaState State,
    DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, DateTimeOffset? EndedAt, DateTimeOffset? DeadlineAt,
    IReadOnlyList<StepStatus> Steps, ErrorStatus? ForwardError, ErrorStatus? CompensationError,
    IReadOnlyList<string> Compensated, SagaLinks Links)
{
    public static SagaStatus Of(SagaSnapshot saga, ApiPaths paths) => new(
        saga.Id, saga.Type, saga.PlanVersion, saga.BusinessKey, saga.Progress.State,
        saga.StartedAt, saga.UpdatedAt, saga.EndedAt, saga.Progress.DeadlineAt,
        [.. saga.Progress.Steps.Select(step => StepStatus.Of(step, saga))],
        ErrorStatus.Of(saga.Progress.ForwardFailure), ErrorStatus.Of(saga.Progress.CompensationFailure),
        saga.Progress.Compensated,
        new SagaLinks(paths.Saga(saga.Id), paths.History(saga.Id)));
}

/// <summary>Where one step stands.</summary>
/// <param name="Name">The step.</param>
/// <param name="State">Planned, Executing, Completed, Rejected, Unknown, Compensating, Compensated, Skipped or CompensationSkipped.</param>
/// <param name="Attempts">How often its command was sent or is scheduled.</param>
/// <param name="CompensationAttempts">The same for its compensation.</param>
/// <param name="WaitsFor">Reply, Retry, Enquiry, Signal or Operator; null when it waits for nothing.</param>
/// <param name="DueAt">When that wait ends.</param>
/// <param name="Absence">Why and since when nothing is expected of its participant, or nothing is sent to it; null when it is there.</param>
/// <param name="Error">Why it did not complete.</param>
/// <param name="Note">What the participant said last of how far it is.</param>
/// <param name="Result">What the participant answered.</param>
/// <param name="RefusedResult">Why a result that the participant answered with was not taken; null when none was. Resolve the step with the right one.</param>
internal sealed record StepStatus(
    string Name, StepState State, int Attempts, int CompensationAttempts, Wait? WaitsFor, DateTimeOffset? DueAt,
    Absence? Absence, ErrorStatus? Error, string? Note, JsonElement? Result, string? RefusedResult)
{
    public static StepStatus Of(StepProgress step, SagaSnapshot saga) => new(
        step.Name, step.State, step.Attempt, step.UndoAttempt, step.Wait == Wait.None ? null : step.Wait, step.DueAt, step.Absence,
        ErrorStatus.Of(step.Failure), step.Note, saga.Results.TryGetValue(step.Name, out var result) ? result : null, step.RefusedResult);
}

/// <summary>What went wrong.</summary>
/// <param name="Step">At which step.</param>
/// <param name="Code">A stable word.</param>
/// <param name="Reason">A sentence.</param>
internal sealed record ErrorStatus(string Step, string Code, string Reason)
{
    public static ErrorStatus? Of(Failure? failure) =>
        failure is null ? null : new ErrorStatus(failure.Step, failure.Code, failure.Reason);
}

/// <summary>Paths to follow.</summary>
/// <param name="Self">This saga.</param>
/// <param name="History">What happened to it.</param>
internal sealed record SagaLinks(string Self, string History);
