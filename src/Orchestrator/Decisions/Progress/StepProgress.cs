using System.Globalization;
using SagaOrchestrator.Decisions.Absences;

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

    /// <summary>How often the participant was asked for the outcome.</summary>
    public int Enquiries { get; init; }

    /// <summary>
    /// Attempts, of the current direction, that count for nothing: made before an operator granted a new budget, or probes.
    /// </summary>
    public int Forgiven { get; init; }

    /// <summary>
    /// How many of the last attempts, of the current direction, timed out in a row. An outage that is found later forgives them (rule S38).
    /// </summary>
    public int Unanswered { get; init; }

    /// <summary>Enquiries that count for nothing, because the participant was absent.</summary>
    public int ForgivenEnquiries { get; init; }

    /// <summary>An operator found the step not done, and its participant is being asked to confirm that.</summary>
    public bool CalledNotDone { get; init; }

    /// <summary>
    /// Why the result that its participant answered with was not taken; null when none was refused. An operator can give the right one.
    /// </summary>
    public string? RefusedResult { get; init; }

    /// <summary>What it waits for now.</summary>
    public Wait Wait { get; init; }

    /// <summary>When that wait ends, on the database's clock (rule S35).</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Why the step's participant was found absent during this wait; null when it was not (rule S38).</summary>
    public Absence? Absence { get; init; }

    /// <summary>Why it did not complete, if it did not.</summary>
    public Failure? Failure { get; init; }

    /// <summary>What its participant said last of how far it is; null when it has said nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The timer that is armed for this step, or null.</summary>
    public SagaTimer? Timer => DueAt is { } due && Wait != Wait.None ? new SagaTimer(TimerName, due) : null;

    /// <summary>Whether it is being done or undone, or was last.</summary>
    public Direction CurrentDirection =>
        State is StepState.Compensating or StepState.Compensated or StepState.CompensationSkipped ? Direction.Undo : Direction.Do;

    /// <summary>The attempt of the current direction.</summary>
    public int CurrentAttempt => CurrentDirection == Direction.Undo ? UndoAttempt : Attempt;

    internal bool IsRunning => State == StepState.Executing;

    private string TimerName =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}/{(CurrentDirection == Direction.Do ? "do" : "undo")}/{CurrentAttempt}/{WaitName}"
        );

    private string WaitName =>
        Wait switch
        {
            Wait.Reply => "reply",
            Wait.Retry => "retry",
            Wait.Signal => "signal",
            _ => string.Create(CultureInfo.InvariantCulture, $"enquiry/{Enquiries}"),
        };

    internal StepProgress Settled(StepState state, Failure? failure = null) =>
        this with
        {
            State = state,
            Wait = Wait.None,
            DueAt = null,
            Absence = null,
            Forgiven = 0,
            Unanswered = 0,
            CalledNotDone = false,
            RefusedResult = null,
            Failure = failure ?? Failure,
        };
}
