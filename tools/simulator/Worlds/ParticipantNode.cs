using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Simulator.Plants;

namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>The participants: the kit's fence rule, and work that turns out in every way.</summary>
internal sealed class ParticipantNode(World world)
{
    // Completed must be the first, because it is what happens when everything is well.
    private const int Completed = 0,
        Rejected = 1,
        Faulted = 2,
        NoAnswer = 3,
        Deferred = 4,
        Kinds = 5;

    public void Handle(Message message, Unit unit)
    {
        unit.Step = message.Step;
        var row = world.Fences[message.Step];
        switch (message.Kind)
        {
            case MessageKind.Do:
                Do(message, row, unit);
                break;
            case MessageKind.Undo:
                Undo(message, row, unit);
                break;
            default:
                Enquire(message, row, unit);
                break;
        }
    }

    public void Commit(Message message, Unit unit)
    {
        if (unit.Fence is { } row)
        {
            world.Fences[unit.Step] = row;
        }

        if (unit.Defers)
        {
            world.Deferred[unit.Step] = message;
        }

        world.Rules.AfterEffect(message, unit);
    }

    /// <summary>
    /// Work that was accepted earlier is through. The kit's rule: nothing is written once the step was compensated or answered.
    /// </summary>
    public void FinishDeferred(int step, Unit unit)
    {
        var message = world.Deferred[step]!;
        world.Deferred[step] = null;
        var row = world.Fences[step];
        unit.Step = step;
        if (row is not { Do: EffectState.Deferred, Undo: EffectState.None })
        {
            return;
        }

        var outcome = world.Calm ? Completed : world.Weights.Outcome(world.Choices, NoAnswer);
        Settle(message, Math.Max(row.DoAttempt, message.Attempt), row, outcome, unit);
    }

    public Message Heartbeat(int step)
    {
        var message = world.Deferred[step]!;
        return Reply(new StepProgressed(world.Plan.Steps[step].Name, message.CommandId, message.Attempt));
    }

    private void Do(Message message, FenceRow row, Unit unit)
    {
        var name = world.Plan.Steps[message.Step].Name;
        var verdict = FenceRules.OnDo(row, message.Attempt);
        if (world.Plant == Plant.NoDedup && verdict == FenceVerdict.AnswerAgain && row.Do == EffectState.Completed)
        {
            verdict = FenceVerdict.Execute;
        }

        row = row with { DoAttempt = Math.Max(row.DoAttempt, message.Attempt) };
        switch (verdict)
        {
            case FenceVerdict.Refuse:
                unit.Outgoing.Add(Reply(new StepRejected(name, message.CommandId, message.Attempt, "fenced", "fenced")));
                break;
            case FenceVerdict.AnswerAgain when row.Do == EffectState.Completed:
                unit.Outgoing.Add(Reply(new StepSucceeded(name, message.CommandId, message.Attempt)));
                break;
            case FenceVerdict.AnswerAgain:
                unit.Outgoing.Add(Reply(new StepRejected(name, message.CommandId, message.Attempt, "rejected", "again")));
                break;
            case FenceVerdict.AnswerInProgress:
                unit.Fence = row;
                unit.Outgoing.Add(Reply(new StepProgressed(name, message.CommandId, message.Attempt)));
                break;
            default:
                Settle(message, message.Attempt, row, world.Calm ? Completed : world.Weights.Outcome(world.Choices, Kinds), unit);
                break;
        }
    }

    private void Settle(Message message, int attempt, FenceRow row, int outcome, Unit unit)
    {
        var name = world.Plan.Steps[message.Step].Name;
        switch (outcome)
        {
            case Completed:
                unit.Fence = row with { Do = EffectState.Completed };
                unit.DoesEffect = true;
                unit.Outgoing.Add(Reply(new StepSucceeded(name, message.CommandId, attempt)));
                break;
            case Rejected:
                unit.Fence = row with { Do = EffectState.Rejected };
                unit.Outgoing.Add(Reply(new StepRejected(name, message.CommandId, attempt, "rejected", "No.")));
                break;
            case Faulted:
                unit.Fence = row.Do == EffectState.Deferred ? row with { Do = EffectState.Begun } : null;
                unit.Outgoing.Add(Reply(new StepFaulted(name, message.CommandId, attempt, "faulted", "Who knows.")));
                break;
            case Deferred:
                unit.Fence = row with { Do = EffectState.Deferred };
                unit.Defers = true;
                break;
        }
    }

    private void Undo(Message message, FenceRow row, Unit unit)
    {
        var name = world.Plan.Steps[message.Step].Name;
        switch (FenceRules.OnUndo(row))
        {
            case FenceVerdict.AnswerAgain:
                unit.Outgoing.Add(Reply(new CompensationSucceeded(name, message.CommandId, message.Attempt)));
                break;
            case FenceVerdict.Tombstone:
                unit.Fence = world.Plant == Plant.NoTombstone ? row : FenceRules.Fenced(row);
                unit.Outgoing.Add(Reply(new CompensationSucceeded(name, message.CommandId, message.Attempt)));
                break;
            default:
                if (!world.Calm && world.Weights.UndoFails(world.Choices))
                {
                    unit.Outgoing.Add(Reply(new CompensationFailed(name, message.CommandId, message.Attempt, "stuck", "Cannot.")));
                    break;
                }

                unit.Fence = row with { Undo = EffectState.Completed };
                unit.UndoesEffect = row.Do == EffectState.Completed;
                unit.Outgoing.Add(Reply(new CompensationSucceeded(name, message.CommandId, message.Attempt)));
                break;
        }
    }

    private void Enquire(Message message, FenceRow row, Unit unit)
    {
        var name = world.Plan.Steps[message.Step].Name;
        var execute = message.CommandId;
        switch (FenceRules.OnEnquiry(row, message.FenceUnfinished))
        {
            case FenceVerdict.AnswerAgain:
                unit.Outgoing.Add(Reply(new StepSucceeded(name, execute, message.Attempt)));
                break;
            case FenceVerdict.AnswerInProgress:
                unit.Outgoing.Add(Reply(new StepProgressed(name, execute, message.Attempt)));
                break;
            case FenceVerdict.Tombstone:
                unit.Fence = world.Plant == Plant.EnquiryWithoutFence ? row : FenceRules.Fenced(row);
                unit.Outgoing.Add(Reply(new StepNotDone(name, execute, message.Attempt)));
                break;
            default:
                unit.Outgoing.Add(Reply(new StepNotDone(name, execute, message.Attempt)));
                break;
        }
    }

    private Message Reply(ReplyInput input) => new(world.NewId(), MessageKind.Input) { Input = input };
}
