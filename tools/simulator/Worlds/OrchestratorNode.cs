using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;
using SagaOrchestrator.Simulator.Plants;

namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>The orchestrator: reads the row, decides, and notes what would be committed.</summary>
internal sealed class OrchestratorNode(World world)
{
    public void Handle(SagaInput input, bool stale, Unit unit)
    {
        unit.Read = stale ? world.StaleRow : world.Row;
        unit.ReadVersion = stale ? world.StaleVersion : world.RowVersion;
        world.Coverage.Meet(world.Plan, unit.Read, input);
        var plan = world.Plant == Plant.VersionNotPinned && world.Deployed ? world.NewerPlan : world.Plan;
        if (plan.Steps.Length != world.Plan.Steps.Length)
        {
            plan = world.Plan;
        }

        var decided = PlantedDecider.Decide(
            world.Plant,
            plan,
            unit.Read,
            input,
            new DecisionContext(world.Now, 0.5, world.Applies, world.IsBusyUndoing, world.CannotMake, world.AbsenceOf)
        );
        if (ReferenceEquals(decided.Progress, unit.Read) && (decided.Decisions.IsEmpty || decided.Decisions[0] is Refuse))
        {
            return;
        }

        unit.Decided = decided;
        foreach (var decision in decided.Decisions)
        {
            if (Outgoing(decision) is { } message)
            {
                unit.Outgoing.Add(message);
            }
        }
    }

    /// <summary>Writes the row under its version check.</summary>
    /// <returns>False when somebody else was faster.</returns>
    public bool Commit(SagaInput input, Unit unit)
    {
        if (unit.Decided is not { } decided)
        {
            return true;
        }

        if (unit.ReadVersion != world.RowVersion && world.Plant != Plant.StaleWriterAccepted)
        {
            return false;
        }

        var before = world.Row;
        if (world.Row.NextTimer is { } timer)
        {
            world.OldTimers.Add(timer.Name);
        }

        world.Row = decided.Progress;
        world.RowVersion++;
        world.Rules.AfterTurn(before, input, decided);
        return true;
    }

    private Message? Outgoing(Decision decision) =>
        decision switch
        {
            SendCommand command => new Message(command.MessageId, command.Direction == Direction.Do ? MessageKind.Do : MessageKind.Undo)
            {
                Step = world.IndexOf(command.Step),
                Attempt = command.Attempt,
                CommandId = command.CommandId,
            },
            SendEnquiry enquiry => new Message(enquiry.MessageId, MessageKind.Enquiry)
            {
                Step = world.IndexOf(enquiry.Step),
                Attempt = enquiry.Attempt,
                CommandId = enquiry.CommandId,
                FenceUnfinished = enquiry.FenceUnfinished,
            },
            PublishEvent outcome => new Message(world.NewId(), MessageKind.Outcome) { Outcome = outcome.State },
            _ => null,
        };
}
