using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Decisions.Tests.Scenarios;

/// <summary>What can happen. Replies are to the step's current attempt, unless an attempt is given.</summary>
internal static class Happenings
{
    public static Happening Done(string step, int? attempt = null) =>
        scenario => new StepSucceeded(step, scenario.CommandId(step, Direction.Do), attempt ?? scenario.Progress.Find(step)!.Attempt);

    public static Happening DoneWithWrongResult(string step) =>
        scenario => new ResultRefused(
            step,
            scenario.CommandId(step, Direction.Do),
            scenario.Progress.Find(step)!.Attempt,
            "result.id: Expected a text, got null."
        );

    public static Happening Rejected(string step, int? attempt = null) =>
        scenario => new StepRejected(
            step,
            scenario.CommandId(step, Direction.Do),
            attempt ?? scenario.Progress.Find(step)!.Attempt,
            "rejected",
            "No."
        );

    public static Happening Faulted(string step, int? attempt = null) =>
        scenario => new StepFaulted(
            step,
            scenario.CommandId(step, Direction.Do),
            attempt ?? scenario.Progress.Find(step)!.Attempt,
            "broken",
            "Who knows."
        );

    public static Happening Undone(string step, int? attempt = null) =>
        scenario => new CompensationSucceeded(
            step,
            scenario.CommandId(step, Direction.Undo),
            attempt ?? scenario.Progress.Find(step)!.UndoAttempt
        );

    public static Happening NotUndone(string step, int? attempt = null) =>
        scenario => new CompensationFailed(
            step,
            scenario.CommandId(step, Direction.Undo),
            attempt ?? scenario.Progress.Find(step)!.UndoAttempt,
            "stuck",
            "Cannot."
        );

    public static Happening NotDone(string step) =>
        scenario => new StepNotDone(step, scenario.CommandId(step, Direction.Do), scenario.Progress.Find(step)!.Attempt);

    public static Happening StillAtWork(string step, Direction direction = Direction.Do, string? note = null) =>
        scenario => new StepProgressed(step, scenario.CommandId(step, direction), 1) { Note = note };

    public static Happening NothingToUndo(string step) =>
        scenario => new CompensationSucceeded(step, scenario.CommandId(step, Direction.Undo), scenario.Progress.Find(step)!.UndoAttempt)
        {
            NothingToUndo = true,
        };

    public static Happening Signalled(string name, int id = 1) => _ => new SignalReceived(SignalId(id), name);

    public static Happening Declined(string name, int id = 1) => _ => new SignalReceived(SignalId(id), name, "declined", "Too expensive.");

    public static Happening OperatorRetries(string step) => _ => new RetryNow(step, "alice", "The service is back.");

    public static Happening OperatorSkips(string step) => _ => new SkipCompensation(step, "alice", "Refunded in cash.");

    public static Happening OperatorFindsDone(string step) => _ => new ResolveAsDone(step, "alice", "Seen in the bank's list.");

    public static Happening OperatorFindsNotDone(string step) => _ => new ResolveAsNotDone(step, "alice", "Not in the bank's list.");

    public static Happening Paused => _ => new PauseSaga("alice", "The warehouse is being moved.");

    public static Happening Resumed => _ => new ResumeSaga("bob", "The warehouse is moved.");

    /// <summary>An operator gives more time, counted from now.</summary>
    public static Happening Extended(TimeSpan by, string? step = null) =>
        scenario => new ExtendDeadline(step, scenario.Now + by, "alice", "The carrier is late.");

    /// <summary>The auditor makes a step's timer due.</summary>
    public static Happening Rearmed(string step) => _ => new Rearm(step, "auditor", "It waits without a timer.");

    public static Happening Cancelled => _ => new Cancel("alice", "The customer called.");

    public static Happening DeadlinePasses =>
        scenario =>
        {
            scenario.PassTimeUntil(scenario.Progress.DeadlineAt!.Value);
            return new TimerFired(SagaTimer.Deadline);
        };

    public static Guid SignalId(int id) => new(id, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>The step's timer fires when it is due.</summary>
    public static Happening TimerOf(string step) =>
        scenario =>
        {
            var timer = scenario.Progress.Find(step)!.Timer!;
            scenario.PassTimeUntil(timer.DueAt);
            return new TimerFired(timer.Name);
        };

    /// <summary>A timer fires by its name, whatever the saga waits for.</summary>
    public static Happening TimerNamed(string name) => _ => new TimerFired(name);

    /// <summary>A reply with an id that was never sent.</summary>
    public static Happening ReplyWithForeignId(string step) => _ => new StepSucceeded(step, Guid.NewGuid(), 1);

    public static SagaTimer TimerOf(SagaScenario scenario, string step) => scenario.Progress.Find(step)!.Timer!;
}
