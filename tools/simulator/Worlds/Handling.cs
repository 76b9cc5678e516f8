using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Simulator.Plants;

namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>One message's way: inbox, handler, commit, publish, delete, acknowledge; and what can go wrong in between.</summary>
internal sealed class Handling(World world)
{
    private readonly Unit unit = new();
    private bool isPublished;

    /// <summary>Takes a copy from its queue. It is put back when it was not acknowledged.</summary>
    public void Deliver(int index, Boundary boundary)
    {
        var delivery = world.Broker[index];
        var last = world.Broker.Count - 1;
        world.Broker[index] = world.Broker[last];
        world.Broker.RemoveAt(last);
        if (!Handle(delivery.Message, delivery.Redelivered, boundary))
        {
            world.Broker.Add(delivery with { Redelivered = true });
        }
    }

    /// <summary>An input that no message carries: an operator's request, or a reply that somebody made up.</summary>
    public void Apply(SagaInput input)
    {
        unit.Clear();
        isPublished = false;
        world.Orchestrator.Handle(input, stale: false, unit);
        world.Orchestrator.Commit(input, unit);
        CommitOutgoing();
        Publish(Boundary.None);
    }

    public void FinishDeferred(int step)
    {
        var message = world.Deferred[step]!;
        unit.Clear();
        isPublished = false;
        world.Participants.FinishDeferred(step, unit);
        world.Participants.Commit(message, unit);
        CommitOutgoing();
        Publish(Boundary.None);
    }

    /// <summary>The sweeper sends one row that was left.</summary>
    public void Sweep(int index, Boundary boundary)
    {
        var message = world.Outbox[index];
        if (boundary != Boundary.PublishLost)
        {
            world.Broker.Add(new Delivery(message, Redelivered: false));
        }

        if (boundary == Boundary.None)
        {
            world.Outbox.RemoveAt(index);
        }
    }

    // Whether the copy is acknowledged.
    private bool Handle(Message message, bool redelivered, Boundary boundary)
    {
        if (message.Kind == MessageKind.Outcome)
        {
            world.SubscriberKnows |= message.Outcome != Decisions.Progress.SagaState.Parked;
            message.Handled = true;
            return true;
        }

        if (world.Plant != Plant.NoDedup && world.Inbox.Contains(message.Id))
        {
            message.Handled = true;
            return true;
        }

        if (IsForAnotherNode(message))
        {
            // A copy with the same id goes back to the queue, and this one is acknowledged.
            world.Broker.Add(new Delivery(message, Redelivered: false));
            return true;
        }

        world.Coverage.Cross(
            message.Kind == MessageKind.Input ? Running.Coverage.Orchestrator : Running.Coverage.Participant,
            boundary,
            redelivered
        );
        unit.Clear();
        if (message.Kind == MessageKind.Input)
        {
            world.Orchestrator.Handle(message.Input!, stale: boundary == Boundary.StaleRead, unit);
        }
        else
        {
            world.Participants.Handle(message, unit);
        }

        isPublished = world.Plant == Plant.PublishBeforeCommit;
        if (isPublished)
        {
            foreach (var outgoing in unit.Outgoing)
            {
                world.Broker.Add(new Delivery(outgoing, Redelivered: false));
            }
        }

        return boundary == Boundary.CrashBeforeCommit ? world.Plant == Plant.AckBeforeCommit : Commit(message, boundary);
    }

    // While a new version is deployed, some nodes lack the one that the saga needs.
    private bool IsForAnotherNode(Message message) =>
        world.Deployed
        && !world.Calm
        && message.Kind == MessageKind.Input
        && world.Plant != Plant.VersionNotPinned
        && world.Choices.Below(4) == 3;

    private bool Commit(Message message, Boundary boundary)
    {
        if (message.Kind == MessageKind.Input)
        {
            if (!world.Orchestrator.Commit(message.Input!, unit))
            {
                return false;
            }
        }
        else
        {
            world.Participants.Commit(message, unit);
        }

        world.Inbox.Add(message.Id);
        message.Handled = true;
        CommitOutgoing();
        if (boundary == Boundary.CrashAfterCommit)
        {
            if (world.Plant == Plant.OutboxDeletedBeforePublish)
            {
                world.Outbox.RemoveAll(unit.Outgoing.Contains);
            }

            return false;
        }

        Publish(boundary);
        return boundary is not (Boundary.CrashAfterPublish or Boundary.CrashBeforeAck);
    }

    private void CommitOutgoing()
    {
        foreach (var outgoing in unit.Outgoing)
        {
            world.Commit(outgoing);
        }
    }

    private void Publish(Boundary boundary)
    {
        foreach (var outgoing in unit.Outgoing)
        {
            if (boundary != Boundary.PublishLost && !isPublished)
            {
                world.Broker.Add(new Delivery(outgoing, Redelivered: false));
            }

            if (boundary is not (Boundary.PublishLost or Boundary.ConfirmLost or Boundary.CrashAfterPublish))
            {
                world.Outbox.Remove(outgoing);
            }
        }
    }
}
