using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.Formats;

/// <summary>The content types of the formats, and which format a delivery has.</summary>
public static class ContentTypes
{
    /// <summary>MassTransit's envelope.</summary>
    public const string Envelope = "application/vnd.masstransit+json";

    /// <summary>The message alone.</summary>
    public const string Json = "application/json";

    /// <summary>A CloudEvent in structured mode.</summary>
    public const string CloudEvents = "application/cloudevents+json";

    /// <summary>Which a format has.</summary>
    public static string Of(MessageFormat format) =>
        format switch
        {
            MessageFormat.Envelope => Envelope,
            MessageFormat.CloudEvents => CloudEvents,
            _ => Json,
        };

    /// <summary>
    /// The format of a delivery. The envelope's content type decides alone. What names no type beside its body can only be an envelope,
    /// whatever its sender calls it.
    /// </summary>
    /// <param name="contentType">The content type; parameters, for example a charset, do not matter.</param>
    /// <param name="type">The type that is named beside the body: <see cref="MessageAttributes.Type"/>.</param>
    /// <param name="isEvent">Whether the headers hold a CloudEvent's attributes: <see cref="MessageAttributes.IsEvent"/>.</param>
    public static MessageFormat FormatOf(string? contentType, string? type, bool isEvent)
    {
        var media = contentType.AsSpan();
        var end = media.IndexOf(';');
        media = (end < 0 ? media : media[..end]).Trim();
        return Is(media, Envelope) ? MessageFormat.Envelope
            : Is(media, CloudEvents) ? MessageFormat.CloudEvents
            : isEvent ? MessageFormat.CloudEventsBinary
            : Is(media, Json) && type is not null ? MessageFormat.Json
            : MessageFormat.Envelope;
    }

    private static bool Is(ReadOnlySpan<char> media, string type) => media.Equals(type, StringComparison.OrdinalIgnoreCase);
}
