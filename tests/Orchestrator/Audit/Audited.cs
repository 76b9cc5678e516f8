using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Audit.Rules;

namespace SagaOrchestrator.Tests.Audit;

/// <summary>A saga of two steps, as the auditor reads it.</summary>
internal static class Audited
{
    public static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static readonly PlanDefinition Plan = new(
        "order",
        1,
        [
            new StepDefinition("pay", "payments", TimeSpan.FromMinutes(10))
            {
                HasCompensation = true,
                Retry = new RetryPolicy(2, TimeSpan.Zero, TimeSpan.Zero),
            },
            new StepDefinition("ship", "shipping", TimeSpan.FromMinutes(10)) { Stage = 1, HasCompensation = true },
        ]
    );

    /// <summary>The first step is being executed, and everything agrees.</summary>
    public static AuditedSaga Waiting { get; } = Of(Progress(SagaState.Pending, Executing));

    public static AuditedSaga Completed { get; } =
        Of(Progress(SagaState.Completed, step => step with { State = StepState.Completed })) with
        {
            EndedAt = Now.AddMinutes(-1),
        };

    public static SagaProgress Progress(SagaState state, Func<StepProgress, StepProgress> first)
    {
        var begun = SagaProgress.New(Guid.NewGuid(), Guid.NewGuid(), Plan, Now.AddMinutes(-5)) with { State = state, BeginDueAt = null };
        return begun with { Steps = begun.Steps.SetItem(0, first(begun.Steps[0])) };
    }

    public static StepProgress Executing(StepProgress step) =>
        step with
        {
            State = StepState.Executing,
            StartOrder = 1,
            Attempt = 1,
            Wait = Wait.Reply,
            DueAt = Now.AddMinutes(5),
        };

    public static AuditedSaga With(this AuditedSaga saga, Func<StepProgress, StepProgress> first)
    {
        var progress = saga.Progress! with { Steps = saga.Progress.Steps.SetItem(0, first(saga.Progress.Steps[0])) };
        return saga with
        {
            Progress = progress,
            WakeAt = progress.NextTimer?.DueAt,
            WakeFor = progress.NextTimer?.Name,
            WakeCheckAt = progress.NextTimer?.DueAt,
        };
    }

    public static AuditedSaga Of(SagaProgress progress) =>
        new()
        {
            Id = progress.SagaId,
            Type = Plan.Type,
            PlanVersion = Plan.Version,
            State = progress.State.ToString(),
            Progress = progress,
            WakeAt = progress.NextTimer?.DueAt,
            WakeFor = progress.NextTimer?.Name,
            WakeCheckAt = progress.NextTimer?.DueAt,
            UpdatedAt = Now.AddMinutes(-5),
            Version = 3,
            HistoryVersion = 4,
            SummaryVersion = 3,
            LastEntry = 4,
            Now = Now,
        };
}
