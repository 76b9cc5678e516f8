using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Explanations.Answers;
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
    Guid Id,
    string Type,
    int PlanVersion,
    string BusinessKey,
    SagaState State,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? DeadlineAt,
    IReadOnlyList<StepStatus> Steps,
    ErrorStatus? ForwardError,
    ErrorStatus? CompensationError,
    IReadOnlyList<string> Compensated,
    SagaLinks Links
)
{
    /// <summary>The trace in which it was started.</summary>
    public string? TraceId { get; init; }

    /// <summary>The armed timers, the next one first.</summary>
    public IReadOnlyList<TimerStatus>? Timers { get; init; }

    /// <summary>
    /// What would be undone if it failed now, in this order; of one that fails, what is still to be undone. Null when nothing can be.
    /// </summary>
    public IReadOnlyList<string>? WouldBeUndone { get; init; }

    /// <summary>Who has paused it, since when and why; null when nobody has.</summary>
    public Pause? Pause { get; init; }

    /// <summary>How it ended, and which effects stand.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>What can be done to it now.</summary>
    public IReadOnlyList<ActionStatus>? Actions { get; init; }

    /// <summary>Dead letters that name it and wait, the newest first, at most 20.</summary>
    public IReadOnlyList<LetterOfSaga>? DeadLetters { get; init; }

    /// <param name="saga">The saga.</param>
    /// <param name="paths">The paths of the API.</param>
    /// <param name="explained">Its explanation; without one, what follows from that is left out.</param>
    /// <param name="letters">Its dead letters; null when they were not asked for.</param>
    public static SagaStatus Of(
        SagaSnapshot saga,
        ApiPaths paths,
        SagaExplanation? explained = null,
        IReadOnlyList<SagaDeadLetter>? letters = null
    ) =>
        new(
            saga.Id,
            saga.Type,
            saga.PlanVersion,
            saga.BusinessKey,
            saga.Progress.State,
            saga.StartedAt,
            saga.UpdatedAt,
            saga.EndedAt,
            saga.Progress.DeadlineAt,
            [.. saga.Progress.Steps.Select((step, index) => StepStatus.Of(step, saga, explained?.Steps[index]))],
            ErrorStatus.Of(saga.Progress.ForwardFailure),
            ErrorStatus.Of(saga.Progress.CompensationFailure),
            saga.Progress.Compensated,
            new SagaLinks(paths.Saga(saga.Id), paths.History(saga.Id), paths.Explain(saga.Id), paths.Diagram(saga.Id))
        )
        {
            TraceId = explained?.TraceId,
            Pause = saga.Progress.Pause,
            Timers = explained is null ? null : [.. explained.Timers.Select(TimerStatus.Of)],
            WouldBeUndone = explained is { IfItFailedNow.IsPossible: true }
                ? [.. explained.IfItFailedNow.Steps.Select(step => step.Step)]
                : null,
            Verdict = explained?.Verdict,
            DeadLetters = letters is { Count: > 0 } ? [.. letters.Select(letter => LetterOfSaga.Of(letter, paths))] : null,
            Actions = explained is null
                ? null
                : [.. explained.Moves.Where(move => move.IsPossible).Select(move => ActionStatus.Of(move, paths.Saga(saga.Id)))],
        };
}

/// <summary>Where one step stands.</summary>
/// <param name="Name">The step.</param>
/// <param name="State">Planned, Executing, Completed, Rejected, Unknown, Compensating, Compensated, Skipped or CompensationSkipped.</param>
/// <param name="Attempts">How often its command was sent or is scheduled.</param>
/// <param name="CompensationAttempts">The same for its compensation.</param>
/// <param name="WaitsFor">Reply, Retry, Enquiry, Signal or Operator; null when it waits for nothing.</param>
/// <param name="DueAt">When that wait ends.</param>
/// <param name="Absence">Why and since when nothing is expected of its participant, or nothing is sent to it; null when it is
/// there.</param>
/// <param name="Error">Why it did not complete.</param>
/// <param name="Note">What the participant said last of how far it is.</param>
/// <param name="Result">What the participant answered.</param>
/// <param name="RefusedResult">Why a result that the participant answered with was not taken; null when none was. Resolve the step with the
/// right one.</param>
internal sealed record StepStatus(
    string Name,
    StepState State,
    int Attempts,
    int CompensationAttempts,
    Wait? WaitsFor,
    DateTimeOffset? DueAt,
    Absence? Absence,
    ErrorStatus? Error,
    string? Note,
    JsonElement? Result,
    string? RefusedResult
)
{
    /// <summary>Whom it is sent to; null for a wait for a signal.</summary>
    public string? Participant { get; init; }

    /// <summary>The signal that it waits for.</summary>
    public string? Signal { get; init; }

    /// <summary>Whether it is executed or undone: <c>do</c> or <c>undo</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>The last attempt before it is given up or parked, if nobody answers.</summary>
    public int? OfAttempts { get; init; }

    /// <summary>The same for its compensation.</summary>
    public int? OfCompensationAttempts { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its outcome was known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When its compensation began.</summary>
    public DateTimeOffset? CompensationStartedAt { get; init; }

    /// <summary>When its effect was gone.</summary>
    public DateTimeOffset? CompensatedAt { get; init; }

    /// <summary>Its place among those that would be undone if the saga failed now, from 1.</summary>
    public int? WouldBeUndone { get; init; }

    public static StepStatus Of(StepProgress step, SagaSnapshot saga, StepExplanation? explained) =>
        new(
            step.Name,
            step.State,
            step.Attempt,
            step.UndoAttempt,
            step.Wait == Wait.None ? null : step.Wait,
            saga.Progress.Pause is null ? step.DueAt : null,
            step.Absence,
            ErrorStatus.Of(step.Failure),
            step.Note,
            saga.Results.TryGetValue(step.Name, out var result) ? Masked.Of(result) : null,
            step.RefusedResult
        )
        {
            Participant = explained?.Participant,
            Signal = explained?.Signal,
            Direction = explained?.Direction switch
            {
                Decisions.Direction.Do => "do",
                Decisions.Direction.Undo => "undo",
                _ => null,
            },
            OfAttempts = explained?.OfAttempts,
            OfCompensationAttempts = explained?.OfUndoAttempts,
            StartedAt = explained?.StartedAt,
            EndedAt = explained?.EndedAt,
            CompensationStartedAt = explained?.UndoStartedAt,
            CompensatedAt = explained?.UndoneAt,
            WouldBeUndone = explained?.WouldBeUndone,
        };
}

/// <summary>What went wrong.</summary>
/// <param name="Step">At which step.</param>
/// <param name="Code">A stable word.</param>
/// <param name="Reason">A sentence.</param>
internal sealed record ErrorStatus(string Step, string Code, string Reason)
{
    public static ErrorStatus? Of(Failure? failure) => failure is null ? null : new ErrorStatus(failure.Step, failure.Code, failure.Reason);
}

/// <summary>A dead letter that names the saga.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Queue">The queue that it was taken from.</param>
/// <param name="Reason">Why, in one word.</param>
/// <param name="At">Since when.</param>
/// <param name="Links">Where it is.</param>
internal sealed record LetterOfSaga(Guid Id, string Queue, string Reason, DateTimeOffset At, SelfLinks Links)
{
    public static LetterOfSaga Of(SagaDeadLetter letter, ApiPaths paths) =>
        new(letter.Id, letter.Queue, letter.Reason, letter.At, new SelfLinks(paths.DeadLetter(letter.Id)));
}

/// <summary>Paths to follow.</summary>
/// <param name="Self">This saga.</param>
/// <param name="History">What happened to it.</param>
/// <param name="Explain">What it waits for, what comes next, and what can be done.</param>
/// <param name="Diagram">Its steps as a picture.</param>
internal sealed record SagaLinks(string Self, string History, string Explain, string Diagram);

/// <summary>A timer, and what it will do if nothing comes before.</summary>
/// <param name="Step">The step that it is armed for; null for the saga's own.</param>
/// <param name="DueAt">When it fires.</param>
/// <param name="Does">What follows then, in words, one thing after another.</param>
internal sealed record TimerStatus(string? Step, DateTimeOffset DueAt, IReadOnlyList<string> Does)
{
    public static TimerStatus Of(TimerExplanation timer) =>
        new(timer.Step, timer.DueAt, [.. timer.Consequences.Select(consequence => consequence.Text)]);
}

/// <summary>An action that is possible now.</summary>
/// <param name="Action">Cancel, Retry, Skip, ResolveAsDone, ResolveAsNotDone, Pause, Resume, Extend, Signal or DeclineSignal.</param>
/// <param name="Href">Where to POST it.</param>
/// <param name="Step">The step that it is about; null for the saga.</param>
/// <param name="Signal">The signal to send.</param>
/// <param name="NeedsResult">Whether it has to bring the result that the participant would have answered with.</param>
/// <param name="Does">What it would do, in a sentence.</param>
internal sealed record ActionStatus(MoveKind Action, string Href, string? Step, string? Signal, bool NeedsResult, string Does)
{
    public static ActionStatus Of(MoveExplanation move, string saga) =>
        new(move.Kind, $"{saga}/{VerbOf(move.Kind)}", move.Step, move.Signal, move.NeedsResult, move.Sentence);

    private static string VerbOf(MoveKind kind) =>
        kind switch
        {
            MoveKind.Cancel => "cancel",
            MoveKind.Retry => "retry",
            MoveKind.Skip => "skip",
            MoveKind.Pause => "pause",
            MoveKind.Resume => "resume",
            MoveKind.Extend => "extend",
            MoveKind.ResolveAsDone or MoveKind.ResolveAsNotDone => "resolve",
            _ => "signals",
        };
}
