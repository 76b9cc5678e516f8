using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>One call of the decider: the progress as it changes, and the decisions as they are made.</summary>
internal sealed class Turn(PlanDefinition plan, SagaProgress progress, DecisionContext around)
{
    private readonly ImmutableArray<Decision>.Builder decisions = ImmutableArray.CreateBuilder<Decision>();
    private readonly SagaProgress before = progress;
    private readonly StepProgress[] steps = [.. progress.Steps];
    private bool changed;

    /// <summary>Everything but the steps, which change here.</summary>
    public SagaProgress Saga { get; private set; } = progress;

    public DateTimeOffset Now => around.Now;

    /// <summary>The saga's own time, which stands still while it is paused: what begins to wait then begins as it is resumed.</summary>
    public DateTimeOffset SagaTime => Saga.Pause?.Since ?? Now;

    public double Jitter => around.Jitter;

    public int Count => steps.Length;

    /// <summary>Whether a step has failed for good: nothing new starts, and what was done is undone.</summary>
    public bool IsFailing => Saga.ForwardFailure is not null;

    public bool HasRunning => Array.Exists(steps, step => step.IsRunning);

    public StepProgress this[int index] => steps[index];

    public StepDefinition Planned(int index) => plan.Steps[index];

    /// <summary>The step's place in the plan; -1 when the plan has no such step.</summary>
    public int Find(string name) => Array.FindIndex(steps, step => step.Name == name);

    public int Find(Predicate<StepProgress> which) => Array.FindIndex(steps, which);

    public void Set(int index, StepProgress step)
    {
        steps[index] = step;
        changed = true;
    }

    public void Set(SagaProgress saga)
    {
        Saga = saga;
        changed = true;
    }

    public void Decide(Decision decision) => decisions.Add(decision);

    public void Record(HistoryEntry entry) => Decide(new Record(entry));

    public void Record(string type, StepProgress step, Failure? failure = null) => Record(type, step, failure?.Code, failure?.Reason);

    public void Record(string type, StepProgress step, string? code, string? reason) =>
        Record(new HistoryEntry(type, step.Name, step.CurrentDirection, step.CurrentAttempt, code, reason, step.DueAt));

    public bool Applies(int index) => !Planned(index).Conditional || around.Applies(steps[index].Name, decisions);

    public Guid CommandId(int index, Direction direction) => Saga.CommandId(steps[index].Name, direction);

    /// <summary>The number of the next step to start.</summary>
    public int NextStartOrder() => 1 + steps.Count(step => step.StartOrder is not null);

    /// <summary>Why nothing is expected of a step's participant, or nothing may be sent to it; null when it is there (rule S38).</summary>
    public Absence? AbsenceAt(int index) => around.AbsenceOf?.Invoke(Planned(index).Participant);

    /// <summary>
    /// Sends the current attempt of a step, or lets it wait where nothing may be sent.
    /// </summary>
    public void SendUnlessStopped(int index, StepProgress step, string historyType)
    {
        if (!Holds(index, step, Wait.Retry))
        {
            Send(index, step, historyType);
        }
    }

    /// <summary>
    /// Whether nothing may be sent, because an operator has paused the saga, or has stopped the sending to the step's participant. The step
    /// waits then with what it has to send (rules S38 and S42).
    /// </summary>
    public bool Holds(int index, StepProgress step, Wait wait)
    {
        if (Saga.Pause is { } pause)
        {
            PauseRules.Hold(this, index, step, wait, pause);
            return true;
        }

        if (AbsenceAt(index) is { Kind: AbsenceKind.Stopped } stopped)
        {
            AbsenceRules.Hold(this, index, step, wait, stopped);
            return true;
        }

        return false;
    }

    /// <summary>
    /// Sends the current attempt of a step, in its current direction, and arms its timeout. When its command cannot be made, it is parked.
    /// </summary>
    public void Send(int index, StepProgress step, string historyType)
    {
        if (around.CommandFailure?.Invoke(step.Name, step.CurrentDirection) is { } failure)
        {
            LeaveUnsent(index, step, failure);
            return;
        }

        var planned = Planned(index);
        // What is sent into an outage waits in a queue, or is lost: the step knows that even when it looks again after the outage (rule
        // S38).
        var outage = AbsenceAt(index) is { Kind: AbsenceKind.Away or AbsenceKind.Silent } absence ? absence : null;
        var sent = step with { Wait = Wait.Reply, DueAt = Now + planned.Timeout, Absence = outage };
        Set(index, sent);
        var commandId = CommandId(index, sent.CurrentDirection);
        Decide(
            new SendCommand(
                sent.Name,
                planned.Participant,
                sent.CurrentDirection,
                sent.CurrentAttempt,
                commandId,
                SagaIds.OfMessage(commandId, sent.CurrentAttempt)
            )
        );
        Record(historyType, sent);
        if (outage is not null)
        {
            AbsenceRules.Record(this, sent, outage);
        }
    }

    private void LeaveUnsent(int index, StepProgress step, Failure failure)
    {
        if (step.CurrentDirection == Direction.Undo)
        {
            Set(Saga with { CompensationFailure = failure });
            Set(index, step);
        }
        else
        {
            Set(index, step with { Failure = failure });
        }

        Park(index, failure);
    }

    /// <summary>
    /// Sends the current attempt of a compensation, or lets it wait for its turn at a participant that is busy undoing (rule S36).
    /// </summary>
    public void SendUndo(int index, StepProgress step, string historyType)
    {
        if (!around.UndoLater || Saga.Pause is not null)
        {
            SendUnlessStopped(index, step, historyType);
            return;
        }

        var isNew = steps[index].State != StepState.Compensating;
        var delay = AbsenceAt(index) is { } absence ? AbsenceRules.DelayOf(this, absence) : TimeSpan.FromSeconds(1 + (4 * around.Jitter));
        Set(index, step with { Wait = Wait.Retry, DueAt = Now + delay });
        if (isNew)
        {
            Record(HistoryTypes.CompensationQueued, steps[index]);
        }
    }

    /// <summary>Puts the next attempt off for the policy's delay.</summary>
    public void Backoff(int index, RetryPolicy policy, Failure? failure)
    {
        var step = steps[index];
        var spent = step.CurrentAttempt - step.Forgiven;
        var next =
            step.CurrentDirection == Direction.Undo
                ? step with
                {
                    UndoAttempt = step.UndoAttempt + 1,
                }
                : step with
                {
                    Attempt = step.Attempt + 1,
                };
        Set(
            index,
            next with
            {
                Wait = Wait.Retry,
                DueAt = SagaTime + policy.DelayAfter(spent, around.Jitter),
                Absence = null,
                Failure = failure,
            }
        );
        Record(HistoryTypes.RetryScheduled, steps[index]);
    }

    /// <summary>Leaves a step to an operator, or to a late answer.</summary>
    public void Park(int index, Failure failure)
    {
        Set(index, steps[index] with { Wait = Wait.Operator, DueAt = null, Absence = null });
        Record(HistoryTypes.SagaParked, steps[index], failure);
        Decide(new PublishEvent(SagaState.Parked, failure));
    }

    public void End(SagaState state)
    {
        Set(Saga with { State = state, BeginDueAt = null, DeadlineAt = null, Pause = null });
        Record(new HistoryEntry(state == SagaState.Completed ? HistoryTypes.SagaCompleted : HistoryTypes.SagaFailed));
        Decide(new PublishEvent(state));
    }

    public Decided Outcome() => new(changed ? Saga with { Steps = [.. steps], State = StateNow() } : before, decisions.ToImmutable());

    // Follows from the steps, so that no rule has to think of it.
    private SagaState StateNow()
    {
        if (Saga.State is SagaState.Started or SagaState.Completed or SagaState.Failed)
        {
            return Saga.State;
        }

        if (Array.Exists(steps, step => step.Wait == Wait.Operator))
        {
            return SagaState.Parked;
        }

        return IsFailing && !HasRunning ? SagaState.Compensating : SagaState.Pending;
    }
}
