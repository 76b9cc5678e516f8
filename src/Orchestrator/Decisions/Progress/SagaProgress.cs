using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Plans;

namespace SagaOrchestrator.Decisions.Progress;

/// <summary>How far one saga is: everything that the decider needs to know about it.</summary>
public sealed record SagaProgress
{
    private static readonly TimeSpan BeginWithin = TimeSpan.FromSeconds(30);

    /// <summary>The saga.</summary>
    public required Guid SagaId { get; init; }

    /// <summary>Where it stands.</summary>
    public required SagaState State { get; init; }

    /// <summary>One entry per step of the plan, in the plan's order.</summary>
    public required ImmutableArray<StepProgress> Steps { get; init; }

    /// <summary>Why compensation began. Kept apart from <see cref="CompensationFailure"/> (rule S17).</summary>
    public Failure? ForwardFailure { get; init; }

    /// <summary>The last thing that went wrong while undoing.</summary>
    public Failure? CompensationFailure { get; init; }

    /// <summary>The steps in the order in which they were undone.</summary>
    public ImmutableArray<string> Compensated { get; init; } = [];

    /// <summary>When a saga that has not begun begins without being told, should the message that tells it be lost.</summary>
    public DateTimeOffset? BeginDueAt { get; init; }

    /// <summary>When the saga gives up; null when it has no deadline, or when that has passed.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>The signals that came, in order.</summary>
    public ImmutableArray<ReceivedSignal> Signals { get; init; } = [];

    /// <summary>The timer that fires next, or null. This is the row's <c>wake_at</c> (rule S26).</summary>
    public SagaTimer? NextTimer
    {
        get
        {
            SagaTimer? next = BeginDueAt is { } begin ? new SagaTimer(SagaTimer.Begin, begin) : null;
            next = DeadlineAt < (next?.DueAt ?? DateTimeOffset.MaxValue) ? new SagaTimer(SagaTimer.Deadline, DeadlineAt.Value) : next;
            foreach (var step in Steps)
            {
                next = step.DueAt < (next?.DueAt ?? DateTimeOffset.MaxValue) ? step.Timer : next;
            }

            return next;
        }
    }

    /// <summary>
    /// What an operator must act on: the first stuck step, or stuck compensation, and its cause. Null when nothing is stuck.
    /// </summary>
    public Failure? Stuck =>
        Steps.FirstOrDefault(step => step.Wait == Wait.Operator) switch
        {
            null => null,
            { CurrentDirection: Direction.Undo } step => (CompensationFailure ?? step.Failure) is { } failure
                ? failure with
                {
                    Step = step.Name,
                }
                : null,
            var step => step.Failure,
        };

    /// <summary>Whether the saga has ended.</summary>
    public bool HasEnded => State is SagaState.Completed or SagaState.Failed;

    /// <summary>A saga that has been accepted and has not begun.</summary>
    public static SagaProgress New(Guid sagaId, PlanDefinition plan, DateTimeOffset acceptedAt) =>
        new()
        {
            SagaId = sagaId,
            State = SagaState.Started,
            BeginDueAt = acceptedAt + BeginWithin,
            DeadlineAt = acceptedAt + plan.Deadline,
            Steps = [.. plan.Steps.Select(step => new StepProgress { Name = step.Name })],
        };

    /// <summary>The step of that name, or null.</summary>
    public StepProgress? Find(string name) => Steps.FirstOrDefault(step => step.Name == name);
}
