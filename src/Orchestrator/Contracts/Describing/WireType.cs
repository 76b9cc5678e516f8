using SagaOrchestrator.Decisions;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Contracts.Describing;

/// <summary>What a message is on the wire. Two of one name are the same, a record or not.</summary>
/// <param name="Urn">Its type, as the envelope names it first.</param>
/// <param name="Title">Its name without namespace.</param>
/// <param name="Shape">What it may be.</param>
/// <param name="Record">The record; null for a command that none was compiled for.</param>
internal sealed record WireType(string Urn, string Title, ObjectShape Shape, Type? Record)
{
    public static WireType Of(Type type) => new(OutgoingEnvelope.NamesOf(type)[0], type.Name, (ObjectShape)Contract.Of(type).Shape, type);

    /// <summary>What a step sends; null when it sends nothing.</summary>
    public static WireType? Of(Plan plan, string step, Direction direction) =>
        plan.CommandType(step, direction) is { } type ? Of(type)
        : plan.CommandShape(step, direction) is { } shape ? Of(shape)
        : null;

    public bool Equals(WireType? other) => Urn == other?.Urn;

    public override int GetHashCode() => Urn.GetHashCode(StringComparison.Ordinal);

    private static WireType Of(JsonCommandShape command) =>
        new(
            "urn:message:" + command.Name,
            command.Name.Split(':')[^1],
            ObjectShape.Of(
                command.Name.Replace(':', '.'),
                isClosed: false,
                [.. command.Fields.Fields.Take(63), new Field("saga", Contract.Of<CommandContext>().Shape, IsRequired: true)]
            ),
            Record: null
        );
}
