using System.Collections;
using System.Text;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.TransportHeaders;

/// <summary>
/// Fits headers into a frame (rule S41). All headers of a message travel in one frame, and a longer one closes the connection that its
/// neighbours are on. What does not fit is cut when it is text, and else left out; the header <c>dead-letter-cut</c> names it.
/// </summary>
public sealed class HeaderRoom
{
    /// <summary>A frame has this many bytes, if the broker does not say otherwise.</summary>
    public const int UsualFrame = 131_072;

    // The bytes of a cut value, and of the list of what was cut.
    private const int LongestText = 2000;

    private readonly Dictionary<string, object?> headers = new(StringComparer.Ordinal);
    private readonly List<string> cut = [];
    private readonly int longest;
    private int left;

    /// <summary>Room in one frame.</summary>
    /// <param name="frame">The bytes of a frame; 0 when there is no limit.</param>
    public HeaderRoom(long frame)
    {
        // A quarter is for what else is in the frame: a message's own properties are strings of at most 255 bytes.
        var room = (int)Math.Min(frame == 0 ? UsualFrame : frame, UsualFrame) / 4 * 3;
        longest = Math.Min(LongestText, room / 16);
        left = room - longest - 255;
    }

    /// <summary>Adds one of our own: there is always room for these, so they come first.</summary>
    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            Put(name, Encoding.UTF8.GetBytes(Cut(value, longest)));
        }
    }

    /// <summary>Adds one that the message came with, unless there is one of that name.</summary>
    public void Take(string name, object? value)
    {
        if (headers.ContainsKey(name))
        {
            return;
        }

        if (Size(name, value) is { } size && size <= left)
        {
            Put(name, value);
            return;
        }

        cut.Add(name);
        if (Text(value) is { } text && Encoding.UTF8.GetBytes(Cut(text, longest)) is var bytes && Size(name, bytes) <= left)
        {
            Put(name, bytes);
        }
    }

    /// <summary>All of them.</summary>
    public IDictionary<string, object?> Headers()
    {
        if (cut.Count > 0)
        {
            headers[SagaHeaders.DeadLetterCut] = Encoding.UTF8.GetBytes(Cut(string.Join(", ", cut), longest));
        }

        return headers;
    }

    /// <summary>The beginning of a text, of at most so many bytes in UTF-8, and of whole characters.</summary>
    public static string Cut(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
        {
            return text;
        }

        var taken = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes < rune.Utf8SequenceLength)
            {
                break;
            }

            (bytes, taken) = (bytes - rune.Utf8SequenceLength, taken + rune.Utf16SequenceLength);
        }

        return text[..taken];
    }

    private void Put(string name, object? value)
    {
        headers[name] = value;
        left -= Size(name, value) ?? 0;
    }

    private static int? Size(string name, object? value) => 2 + Encoding.UTF8.GetByteCount(name) + Size(value, depth: 0);

    // What it takes on the wire, or a little more; null for what cannot be told.
    private static int? Size(object? value, int depth) =>
        value switch
        {
            _ when depth > 20 => null,
            null => 0,
            byte[] bytes => 4 + bytes.Length,
            string text => 4 + Encoding.UTF8.GetByteCount(text),
            IDictionary table => Sum(
                table.Keys.Cast<object>().Select(key => 2 + (Encoding.UTF8.GetByteCount(key.ToString()!) + Size(table[key], depth + 1)))
            ),
            IEnumerable list => Sum(list.Cast<object?>().Select(item => 1 + Size(item, depth + 1))),
            _ => 32,
        };

    private static int? Sum(IEnumerable<int?> sizes) => sizes.Aggregate((int?)4, (sum, size) => sum + size);

    private static string? Text(object? value)
    {
        if (value is not byte[] bytes)
        {
            return value as string;
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
