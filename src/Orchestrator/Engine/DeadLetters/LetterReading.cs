using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Engine.DeadLetters;

/// <summary>Reads what there is to know of a dead letter. Whatever it holds, something can be said of it.</summary>
internal static class LetterReading
{
    private const string Unknown = "unknown";
    private const int LongestName = 200;
    private const int LongestText = 2000;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="copy">The letter.</param>
    /// <param name="now">The time, for a letter that does not say since when it is one.</param>
    public static IndexedLetter Of(DeadLetterCopy copy, DateTimeOffset now)
    {
        var envelope = LetterEnvelope.Of(copy);
        string? Header(string name, int longest = LongestText) => Text(copy.Headers.GetValueOrDefault(name) as string, longest);
        return new IndexedLetter(
            new SagaDeadLetter
            {
                Id = copy.Id,
                Queue = Text(copy.Queue, LongestName)!,
                Reason = Header(SagaHeaders.DeadLetterReason, LongestName) ?? Unknown,
                At = Time(Header(SagaHeaders.DeadLetterAt)) ?? now,
                MessageId = Text(envelope.MessageId ?? copy.MessageId, LongestName),
                MessageType = Text(envelope.MessageType, LongestName),
                SagaId = Guid.TryParse(Header(SagaHeaders.SagaId), out var saga) ? saga : envelope.SagaId,
                SagaType = Header(SagaHeaders.SagaType, LongestName) ?? Text(envelope.SagaType, LongestName),
                BusinessKey = Text(envelope.BusinessKey, LongestName),
                Sentence = Header(SagaHeaders.DeadLetterMessage),
                Path = Header(SagaHeaders.DeadLetterPath),
                Expected = Header(SagaHeaders.DeadLetterExpected),
                Got = Header(SagaHeaders.DeadLetterGot),
                Headers = JsonSerializer.Serialize(copy.Headers, Json),
                ContentType = Text(copy.ContentType, LongestName),
                Size = copy.Body.Length,
                State = DeadLetterState.Waiting,
            },
            copy.Body
        );
    }

    // Postgres keeps no NUL characters, and whoever sends a message can write anything.
    private static string? Text(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var length = text.Length > longest && char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : Math.Min(text.Length, longest);
        return text[..length].Replace('\0', '\ufffd');
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : null;
}
