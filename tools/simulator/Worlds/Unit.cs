using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Participants.Fencing;

namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>What the handling of one message would commit. One object, used again and again.</summary>
internal sealed class Unit
{
    public List<Message> Outgoing { get; } = [];

    /// <summary>The orchestrator's new row; null when nothing changes.</summary>
    public Decided? Decided { get; set; }

    public SagaProgress? Read { get; set; }

    public long ReadVersion { get; set; }

    /// <summary>A participant's new fence row; null when nothing changes.</summary>
    public FenceRow? Fence { get; set; }

    public int Step { get; set; }

    public bool DoesEffect { get; set; }

    public bool UndoesEffect { get; set; }

    public bool Defers { get; set; }

    public void Clear()
    {
        Outgoing.Clear();
        (Decided, Read, Fence) = (null, null, null);
        (DoesEffect, UndoesEffect, Defers) = (false, false, false);
    }
}
