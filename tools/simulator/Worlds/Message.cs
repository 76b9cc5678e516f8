using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Simulator.Worlds;

internal enum MessageKind
{
    /// <summary>For the orchestrator: a reply, a timer, a signal.</summary>
    Input,

    /// <summary>For a participant: execute.</summary>
    Do,

    /// <summary>For a participant: undo.</summary>
    Undo,

    /// <summary>For a participant: did it happen?</summary>
    Enquiry,

    /// <summary>For whoever subscribed: the saga's end, or that it is parked.</summary>
    Outcome,
}

/// <summary>A message. Its copies on the broker are the same object.</summary>
internal sealed class Message(Guid id, MessageKind kind)
{
    public Guid Id { get; } = id;

    public MessageKind Kind { get; } = kind;

    public int Step { get; init; }

    public int Attempt { get; init; }

    public Guid CommandId { get; init; }

    public bool FenceUnfinished { get; init; }

    public SagaInput? Input { get; init; }

    public SagaState Outcome { get; init; }

    /// <summary>Whether a receiver has handled it, or known it as handled.</summary>
    public bool Handled { get; set; }

    /// <summary>The same content under another id, as a careless redrive makes it.</summary>
    public Message UnderAnotherId(Guid id) =>
        new(id, Kind)
        {
            Step = Step,
            Attempt = Attempt,
            CommandId = CommandId,
            FenceUnfinished = FenceUnfinished,
            Input = Input,
            Outcome = Outcome,
        };

    public override string ToString() =>
        Kind switch
        {
            MessageKind.Input => Input!.ToString()!,
            MessageKind.Outcome => $"Saga{Outcome}",
            _ => $"{Kind} of step {Step}, attempt {Attempt}",
        };
}

/// <summary>One copy of a message on its queue.</summary>
internal readonly record struct Delivery(Message Message, bool Redelivered);
