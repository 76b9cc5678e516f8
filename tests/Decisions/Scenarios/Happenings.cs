using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Decisions.Tests.Scenarios;

/// <summary>What can happen. Replies are to the step's current attempt, unless an attempt is given.</summary>
internal static class Happenings
{
    public static Happening Done(string step, int? attempt = null) => scenario =>
        new StepSucceeded(step, scenario.CommandId(step, Direction.Do), attempt ?? scenario.Progress.Find(step)!.Attempt);

    public static Happening Rejected(string step, int? attempt = null) => scenario =>
        new StepRejected(step, scenario.CommandId(step, Direction.Do), attempt ?? scenario.Progress.Find(step)!.Attempt, "rejected", "No.");

    public static Happening Faulted(string step, int? attempt = null) => scenario =>
        new StepFaulted(step, scenario.CommandId(step, Direction.Do), attempt ?? scenario.Progress.Find(step)!.Attempt, "broken", "Who knows.");

    public static Happening Undone(string step, int? attempt = null) => scenario =>
        new CompensationSucceeded(step, scenario.CommandId(step, Direction.Undo), attempt ?? scenario.Progress.Find(step)!.UndoAttempt);

    public static Happening NotUndone(string step, int? attempt = null) => scenario =>
        new CompensationFailed(step, scenario.CommandId(step, Direction.Undo), attempt ?? scenario.Progress.Find(step)!.UndoAttempt, "stuck", "Cannot.");

    /// <summary>The step's timer fires when it is due.</summary>
    public static Happening TimerOf(string step) => scenario =>
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
