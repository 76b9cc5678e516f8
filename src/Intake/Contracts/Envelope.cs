using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace SagaOrchestrator.Intake.Contracts;

/// <summary>
/// The JSON around every message. Other fields, such as those that MassTransit adds, are passed over: nothing that a sender writes there
/// steers anything.
/// </summary>
/// <param name="MessageId">Chosen by the sender, a new one for each message. The same id again, with the same message, is a
/// duplicate.</param>
/// <param name="MessageType">The message's type first, as <c>urn:message:Namespace:Name</c>; base types may follow, and are not looked
/// at.</param>
/// <param name="Message">The message.</param>
/// <param name="CorrelationId">The saga, or whatever else it belongs to; may be left out.</param>
public sealed record Envelope(
    Guid MessageId,
    [Length(1, 50)] IReadOnlyList<string> MessageType,
    JsonElement Message,
    Guid? CorrelationId = null
)
{
    private static readonly IntakeLimits Limits = IntakeLimits.Default with { DocumentBytes = int.MaxValue };

    /// <summary>Says what is wrong with an envelope, its message left out but for being an object.</summary>
    /// <param name="json">The bytes as they came.</param>
    public static IReadOnlyList<Refusal> Check(ReadOnlySpan<byte> json) => Contract.Of<Envelope>().Check(json, Limits);
}
