using System.Globalization;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Messaging.Envelopes;

/// <summary>Refuses what is not what an envelope, or a message of its type, may be.</summary>
public static class MalformedMessage
{
    private const int MostNamed = 5;

    /// <summary>The headers of its dead letter.</summary>
    /// <param name="queue">The queue that the message was taken from.</param>
    /// <param name="refusals">Why it is refused.</param>
    /// <param name="at">When, UTC.</param>
    public static IReadOnlyList<KeyValuePair<string, string?>> Headers(string queue, IReadOnlyList<Refusal> refusals, DateTime at) =>
        new DeadLetterCause(queue, Of(refusals)).Headers(queue, at);

    internal static RefusedMessageException Of(IReadOnlyList<Refusal> refusals)
    {
        var first =
            refusals.Count > 0
                ? refusals[0]
                : new Refusal(string.Empty, "an envelope with messageId, messageType and message", "something else");
        var named = refusals.Count > 1 ? string.Join(" ", refusals.Take(MostNamed)) : first.ToString();
        var more =
            refusals.Count > MostNamed
                ? string.Create(CultureInfo.InvariantCulture, $" And {refusals.Count - MostNamed} more.")
                : string.Empty;
        return new RefusedMessageException(
            DeadLetterReason.Malformed,
            $"The message is not what it should be. {named}{more} Have its sender correct it and send it anew, under a new messageId, "
                + $"then discard this one.",
            first
        );
    }

    internal static RefusedMessageException TooLarge(int bytes, int most) =>
        Of([
            new Refusal(
                string.Empty,
                string.Create(CultureInfo.InvariantCulture, $"a message of at most {most} bytes (Limits:MessageBytes)"),
                string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes")
            ),
        ]);
}
