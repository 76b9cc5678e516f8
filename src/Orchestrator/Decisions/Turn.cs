using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions;

/// <summary>One call of the decider: the progress as it changes, and the decisions as they are made.</summary>
internal sealed class Turn(SagaPlan plan, SagaProgress progress, DateTimeOffset now, double jitter)
{
    private readonly ImmutableArray<Decision>.Builder decisions = ImmutableArray.CreateBuilder<Decision>();

    public SagaPlan Plan => plan;

    public DateTimeOffset Now => now;

    public double Jitter => jitter;

    public SagaProgress Progress { get; set; } = progress;

    public StepProgress Step(string name) => Progress.Find(name)!;

    public void Update(StepProgress changed) => Progress = Progress.With(changed);

    public void Decide(Decision decision) => decisions.Add(decision);

    public void Record(string type, StepProgress step, Failure? failure = null) => Decide(new Record(new HistoryEntry(
        type, step.Name, step.CurrentDirection, step.CurrentAttempt, failure?.Code, failure?.Reason, step.DueAt)));

    public Decided Outcome() => new(Progress, decisions.ToImmutable());

    /// <summary>Whether a reply's step and command id are ones that this saga can have asked for (rule S10).</summary>
    public bool Expects(ReplyInput reply, out string why)
    {
        var direction = reply is CompensationSucceeded or CompensationFailed ? Direction.Undo : Direction.Do;
        if (Progress.Find(reply.Step) is not { } step)
        {
            why = "The plan has no such step.";
            return false;
        }

        if (reply.CommandId != SagaIds.OfCommand(Progress.SagaId, step.Name, direction))
        {
            why = "The command id is not the one that was sent.";
            return false;
        }

        why = step.State == StepState.Planned ? "The step has not been started." : string.Empty;
        return why.Length == 0;
    }

    public void Ignore(ReplyInput reply, string why)
    {
        var direction = reply is CompensationSucceeded or CompensationFailed ? Direction.Undo : Direction.Do;
        Decide(new Record(new HistoryEntry(
            HistoryTypes.ReplyIgnored, reply.Step, direction, reply.Attempt, reply.GetType().Name, why)));
    }

    /// <summary>Sends the current attempt of a step, in its current direction, and arms its timeout.</summary>
    public StepProgress Send(StepProgress step, string historyType)
    {
        var planned = plan.Find(step.Name)!;
        var sent = step with { Wait = Wait.Reply, DueAt = now + planned.Timeout };
        Update(sent);
        var commandId = SagaIds.OfCommand(Progress.SagaId, sent.Name, sent.CurrentDirection);
        Decide(new SendCommand(
            sent.Name, planned.Participant, sent.CurrentDirection, sent.CurrentAttempt, commandId,
            SagaIds.OfMessage(commandId, sent.CurrentAttempt)));
        Record(historyType, sent);
        return sent;
    }

    /// <summary>Puts the next attempt off for the policy's delay.</summary>
    public void Backoff(StepProgress step, RetryPolicy policy, Failure failure)
    {
        var next = step.CurrentDirection == Direction.Undo
            ? step with { UndoAttempt = step.UndoAttempt + 1 }
            : step with { Attempt = step.Attempt + 1 };
        next = next with
        {
            Wait = Wait.Retry,
            DueAt = now + policy.DelayAfter(step.CurrentAttempt, jitter),
            Failure = failure,
        };
        Update(next);
        Record(HistoryTypes.RetryScheduled, next);
    }
}
