using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.Formats;

/// <summary>The words of the formats, as settings and messages spell them.</summary>
public static class MessageFormats
{
    private static readonly Dictionary<MessageFormat, string> Words = new()
    {
        [MessageFormat.Envelope] = "envelope",
        [MessageFormat.Json] = "json",
        [MessageFormat.CloudEvents] = "cloudevents",
        [MessageFormat.CloudEventsBinary] = "cloudevents-binary",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<string> All => Words.Values;

    /// <summary>The word of a format.</summary>
    public static string Word(MessageFormat format) => Words[format];

    /// <summary>The format of a word; null when it is none.</summary>
    public static MessageFormat? Find(string word) =>
        Words.Where(known => known.Value == word).Select(known => (MessageFormat?)known.Key).FirstOrDefault();
}
