using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Plans;

namespace SagaOrchestrator.Decisions.Progress;

/// <summary>How far one saga is: everything that the decider needs to know about it.</summary>
public sealed record SagaProgress
{
    private static readonly TimeSpan BeginWithin = TimeSpan.FromSeconds(30);

    /// <summary>The saga.</summary>
    public required Guid SagaId { get; init; }

    /// <summary>
    /// A secret of this saga, drawn when it is accepted: the ids of its commands come of it, so that nobody guesses them (rule S37).
    /// </summary>
    public required Guid CommandKey { get; init; }

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

    /// <summary>Who has paused it; null when nobody has. What would be sent meanwhile waits for a retry that is due since then.</summary>
    public Pause? Pause { get; init; }

    /// <summary>The signals that came, in order.</summary>
    public ImmutableArray<ReceivedSignal> Signals { get; init; } = [];

    /// <summary>
    /// The timer that fires next; null when none is armed, or while the saga is paused. This is the row's <c>wake_at</c> (rule S26).
    /// </summary>
    public SagaTimer? NextTimer
    {
        get
        {
            if (Pause is not null)
            {
                return null;
            }

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
    /// <param name="sagaId">The saga.</param>
    /// <param name="commandKey">Its <see cref="CommandKey"/>.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="acceptedAt">When it was accepted.</param>
    public static SagaProgress New(Guid sagaId, Guid commandKey, PlanDefinition plan, DateTimeOffset acceptedAt) =>
        new()
        {
            SagaId = sagaId,
            CommandKey = commandKey,
            State = SagaState.Started,
            BeginDueAt = acceptedAt + BeginWithin,
            DeadlineAt = acceptedAt + plan.Deadline,
            Steps = [.. plan.Steps.Select(step => new StepProgress { Name = step.Name })],
        };

    /// <summary>The id of a step's command, or of its compensation, the same for every attempt (rules S10 and S15).</summary>
    public Guid CommandId(string step, Direction direction) => SagaIds.OfCommand(CommandKey, step, direction);

    /// <summary>The step of that name, or null.</summary>
    public StepProgress? Find(string name) => Steps.FirstOrDefault(step => step.Name == name);
}
