using System.Globalization;

namespace SagaOrchestrator.Decisions.Progress;

/// <summary>How far one step of one saga is.</summary>
public sealed record StepProgress
{
    /// <summary>The step's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public StepState State { get; init; }

    /// <summary>1 for the step that started first; null before it starts. Compensation goes by it in reverse (rule S3).</summary>
    public int? StartOrder { get; init; }

    /// <summary>How often the command was sent or is scheduled to be sent.</summary>
    public int Attempt { get; init; }

    /// <summary>The same for the compensation: a budget of its own (rule S19).</summary>
    public int UndoAttempt { get; init; }

    /// <summary>What it waits for now.</summary>
    public Wait Wait { get; init; }

    /// <summary>When that wait ends, on the database's clock (rule S35).</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Why it did not complete, if it did not.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The timer that is armed for this step, or null.</summary>
    public SagaTimer? Timer => DueAt is { } due && Wait != Wait.None ? new SagaTimer(TimerName, due) : null;

    internal Direction CurrentDirection => State == StepState.Compensating ? Direction.Undo : Direction.Do;

    internal int CurrentAttempt => CurrentDirection == Direction.Undo ? UndoAttempt : Attempt;

    private string TimerName => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}/{(CurrentDirection == Direction.Do ? "do" : "undo")}/{CurrentAttempt}/{(Wait == Wait.Reply ? "reply" : "retry")}");

    internal StepProgress Settled(StepState state, Failure? failure = null) =>
        this with { State = state, Wait = Wait.None, DueAt = null, Failure = failure ?? Failure };
}
