using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Contracts.Describing;

/// <summary>A message that crosses the broker.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Exchanges">Where it is sent to.</param>
/// <param name="UsedBy">Who sends it or gets it, in words.</param>
internal sealed record WireMessage(WireType Type, MessageKind Kind, IReadOnlyList<string> Exchanges, IReadOnlyList<string> UsedBy)
{
    /// <summary>The name of a CloudEvent whose data is any message.</summary>
    public const string AnyEvent = "cloudevent";

    /// <summary>Its name in the contract: that of its record, and of its format when that is not the envelope.</summary>
    public string Name => Format == MessageFormat.Envelope ? Shape.Name : $"{Shape.Name}.{MessageFormats.Word(Format)}";

    /// <summary>How it is written.</summary>
    public MessageFormat Format { get; init; }

    /// <summary>Whether it is only shown: no participant is spoken to in this format.</summary>
    public bool IsShown { get; init; }

    /// <summary>The name of its envelope with it.</summary>
    public string EnvelopeName => Shape.Name + ".envelope";

    /// <summary>The name of what its body is.</summary>
    public string BodyName =>
        Format switch
        {
            MessageFormat.Envelope => EnvelopeName,
            MessageFormat.CloudEvents when IsShown => AnyEvent,
            MessageFormat.CloudEvents => Shape.Name + ".cloudevent",
            _ => Shape.Name,
        };

    /// <summary>Its type on the wire, as the envelope names it first.</summary>
    public string Urn => Type.Urn;

    public ObjectShape Shape => Type.Shape;

    /// <summary>Whether the orchestrator sends it; else it gets it.</summary>
    public bool IsSent => Kind is MessageKind.Command or MessageKind.Enquiry or MessageKind.Event;
}
