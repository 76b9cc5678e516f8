using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Explanations.Answers;

namespace SagaOrchestrator.Engine.Search;

/// <summary>Sums sagas up.</summary>
internal sealed class Summarizer(PlanCatalogue plans, SummaryColumns columns)
{
    /// <param name="saga">The saga.</param>
    /// <param name="before">Its summary until now; null for none.</param>
    public SagaSummary Of(SagaInstance saga, SagaSummary? before)
    {
        var plan = plans.TryGet(saga.Type, saga.PlanVersion)?.Definition;
        var progress = saga.Progress;
        var waiting = Waiting(progress);
        var stuck = progress.State == SagaState.Parked ? progress.Stuck : null;
        var waitsFor = WaitOf(progress, waiting);
        return new SagaSummary
        {
            Id = saga.CorrelationId,
            Version = saga.Version,
            Type = saga.Type,
            PlanVersion = saga.PlanVersion,
            BusinessKey = saga.BusinessKey,
            State = saga.CurrentState,
            StartedAt = saga.StartedAt,
            UpdatedAt = saga.UpdatedAt,
            EndedAt = saga.EndedAt,
            Verdict = plan is null ? before?.Verdict : Verdict.KindOf(plan, progress)?.ToString(),
            DeadlineAt = progress.DeadlineAt,
            Step = waiting?.Name,
            Participant = ParticipantOf(waiting, plan, before),
            WaitsFor = waitsFor,
            WaitsSince =
                waitsFor == nameof(ListedWait.Resume) ? progress.Pause!.Since
                : waiting is null ? null
                : before?.Step == waiting.Name && before.WaitsFor == waitsFor ? before.WaitsSince
                : saga.UpdatedAt,
            DueAt = progress.NextTimer?.DueAt,
            Absence = waiting?.Absence?.Kind.ToString(),
            ErrorStep = progress.ForwardFailure?.Step,
            ErrorCode = progress.ForwardFailure?.Code,
            ErrorReason = progress.ForwardFailure?.Reason,
            StuckStep = stuck?.Step,
            StuckCode = stuck?.Code,
            StuckReason = stuck?.Reason,
            Compensated = progress.Compensated,
            WasUndone = !progress.Compensated.IsEmpty,
            Columns = before?.Columns ?? columns.Of(saga),
        };
    }

    // A step that waits for a signal has no participant. A node that does not know the plan leaves what one that did has written.
    private static string? ParticipantOf(StepProgress? waiting, PlanDefinition? plan, SagaSummary? before) =>
        (waiting, plan) switch
        {
            (null, _) => null,
            (_, null) => before?.Step == waiting.Name ? before.Participant : null,
            _ => plan.Find(waiting.Name)?.Participant is { Length: > 0 } participant ? participant : null,
        };

    // What a paused saga waits for is that somebody resumes it, also before it begins; one that is parked waits for more than that. The
    // words of ListedWait.
    private static string? WaitOf(SagaProgress progress, StepProgress? waiting) =>
        waiting is not { Wait: Wait.Operator } && progress.Pause is not null ? nameof(ListedWait.Resume) : waiting?.Wait.ToString();

    private static StepProgress? Waiting(SagaProgress progress) =>
        progress.Steps.FirstOrDefault(step => step.Wait == Wait.Operator) ?? progress.Steps.FirstOrDefault(step => step.Wait != Wait.None);
}
