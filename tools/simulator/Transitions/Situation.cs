using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Decisions.Transitions;

/// <summary>
/// What the decider's rules look at when an input about a step arrives. For an input about the whole saga the step is null.
/// </summary>
internal readonly record struct Situation(SagaState Saga, bool Failing, bool Paused, StepKind? Kind, StepState? Step, Wait? Wait)
{
    public static Situation Of(PlanDefinition plan, SagaProgress progress, int? index) =>
        index is not { } at
            ? new Situation(progress.State, progress.ForwardFailure is not null, progress.Pause is not null, null, null, null)
            : new Situation(
                progress.State,
                progress.ForwardFailure is not null,
                progress.Pause is not null,
                plan.Steps[at].Kind,
                progress.Steps[at].State,
                progress.Steps[at].Wait
            );

    /// <summary>The step that an input is about; null when it is about the saga.</summary>
    public static int? SubjectOf(SagaProgress progress, SagaInput input)
    {
        var name = input switch
        {
            ReplyInput reply => reply.Step,
            RetryNow retry => retry.Step,
            SkipCompensation skip => skip.Step,
            ResolveAsDone done => done.Step,
            ResolveAsNotDone notDone => notDone.Step,
            ExtendDeadline extend => extend.Step,
            Rearm rearm => rearm.Step,
            TimerFired timer when timer.Timer.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash => timer.Timer[..slash],
            _ => null,
        };
        for (var index = 0; name is not null && index < progress.Steps.Length; index++)
        {
            if (progress.Steps[index].Name == name)
            {
                return index;
            }
        }

        return null;
    }

    /// <summary>The kind of an input and what is known of the participants, in the words of the table.</summary>
    public static string Word(Visit visit) =>
        Word(visit.Input)
        + visit.Absence switch
        {
            AbsenceKind.Away => " (away)",
            AbsenceKind.Silent => " (silent)",
            AbsenceKind.Stopped => " (stopped)",
            AbsenceKind.Probed => " (probed)",
            _ => string.Empty,
        };

    /// <summary>The kind of an input, in the words of the table.</summary>
    public static string Word(SagaInput input) =>
        input switch
        {
            Begin => "begin",
            TimerFired { Timer: SagaTimer.Begin } => "begin timer",
            TimerFired { Timer: SagaTimer.Deadline } => "deadline",
            TimerFired => "timer",
            SignalReceived { DeclineCode: null } => "signal",
            SignalReceived => "signal, declined",
            StepSucceeded => "completed",
            ResultRefused => "completed, result refused",
            StepRejected => "rejected",
            StepFaulted => "faulted",
            StepProgressed => "heartbeat",
            StepNotDone => "not done, fenced",
            CompensationSucceeded => "undone",
            CompensationFailed => "not undone",
            RetryNow => "operator: retry",
            SkipCompensation => "operator: skip",
            ResolveAsDone => "operator: done",
            ResolveAsNotDone => "operator: not done",
            PauseSaga => "operator: pause",
            ResumeSaga => "operator: resume",
            ExtendDeadline => "operator: extend",
            Rearm => "auditor: rearm",
            Cancel => "operator: cancel",
            _ => throw new ArgumentOutOfRangeException(nameof(input), input, "Give it a word."),
        };

    public override string ToString()
    {
        var saga = (Saga, Failing) switch
        {
            (SagaState.Pending, true) => "Pending (settling)",
            (SagaState.Parked, true) => "Parked (undoing)",
            (SagaState.Parked, false) => "Parked (going forward)",
            _ => Saga.ToString(),
        };
        saga += Paused ? ", paused" : string.Empty;
        return Step is null
            ? $"Saga {saga}"
            : $"Saga {saga}, step {Step}{(Wait == Progress.Wait.None ? string.Empty : $", waits for {Wait}")}";
    }
}
