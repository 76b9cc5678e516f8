using System.Collections;
using System.Text;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>The headers of a dead letter: to be read by people, and without what made it one.</summary>
internal static class LetterHeaders
{
    private const int Deepest = 20;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What the broker adds for each life of a message in a queue.
    private static readonly string[] OfTheBroker = ["x-death", "x-first-death-", "x-last-death-", "x-delivery-count", "x-acquired-count"];

    /// <summary>Those that the message had before it was a dead letter.</summary>
    public static Dictionary<string, object?> Redriven(IReadOnlyBasicProperties properties) =>
        (properties.Headers ?? new Dictionary<string, object?>())
            .Where(header =>
                !SagaHeaders.IsOfDeadLetter(header.Key) && !OfTheBroker.Any(own => header.Key.StartsWith(own, StringComparison.Ordinal))
            )
            .ToDictionary(header => header.Key, header => header.Value, StringComparer.Ordinal);

    /// <summary>Says in them who edited the message, and its new id when it is a CloudEvent in binary mode.</summary>
    public static void Edit(Dictionary<string, object?> headers, string by, string messageId)
    {
        headers[SagaHeaders.DeadLetterEditedBy] = by;
        if (MessageAttributes.EventPrefix(headers.ContainsKey) is { } prefix)
        {
            headers[prefix + "id"] = messageId;
        }
    }

    /// <summary>All of them, each a text, a number, a truth value, a list or a table.</summary>
    public static Dictionary<string, object?> Plain(IReadOnlyBasicProperties properties) =>
        (properties.Headers ?? new Dictionary<string, object?>()).ToDictionary(
            header => header.Key,
            header => Plain(header.Value),
            StringComparer.Ordinal
        );

    /// <summary>The same of one value. Bytes that are no text are written in base64.</summary>
    public static object? Plain(object? value, int depth = 0) =>
        value switch
        {
            null or string or bool or byte or sbyte or short or ushort or int or uint or long or decimal => value,
            _ when depth == Deepest => "...",
            byte[] bytes => Text(bytes),
            BinaryTableValue binary => Base64(binary.Bytes),
            AmqpTimestamp time => time.UnixTime,
            IDictionary<string, object?> table => new SortedDictionary<string, object?>(
                table.ToDictionary(item => item.Key, item => Plain(item.Value, depth + 1)),
                StringComparer.Ordinal
            ),
            IEnumerable list => list.Cast<object?>().Select(item => Plain(item, depth + 1)).ToList(),
            IFormattable number => number.ToString(format: null, System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };

    private static string Text(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Base64(bytes);
        }
    }

    private static string Base64(byte[] bytes) => "base64:" + Convert.ToBase64String(bytes);
}
