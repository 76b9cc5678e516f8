using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Messages.Orchestrator;

/// <summary>
/// The orchestrator's message to itself: a saga's <c>wake_at</c> has passed on the database's clock.
/// It is compared with the row when it arrives; a stale or duplicate one is ignored (rule S9).
/// </summary>
/// <param name="SagaId">The saga.</param>
/// <param name="Timer">Which timer: step, direction, attempt and what was waited for, as written in the row's <c>wake_for</c>.</param>
public sealed record SagaTimerDue(Guid SagaId, [Length(1, 500)] string Timer);
