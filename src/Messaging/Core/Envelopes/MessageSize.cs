using System.Globalization;
using MassTransit;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Messaging.Envelopes;

/// <summary>How large a message may be where its type has a limit of its own.</summary>
public static class MessageSize
{
    /// <summary>Refuses a message whose own bytes, without its envelope, are over a limit.</summary>
    /// <param name="context">The message.</param>
    /// <param name="most">Bytes at most.</param>
    /// <param name="limit">The name of the limit in the section <c>Limits</c>.</param>
    public static void ThrowIfOver(ConsumeContext context, int most, string limit)
    {
        if (context.SerializerContext is LeanSerializerContext { Message.Length: var bytes } && bytes > most)
        {
            throw MalformedMessage.Of([
                new Refusal(
                    string.Empty,
                    string.Create(CultureInfo.InvariantCulture, $"a message of at most {most} bytes (Limits:{limit})"),
                    string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes")
                ),
            ]);
        }
    }
}
