using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SagaOrchestrator.Console.Api;

/// <summary>
/// JSON with line breaks. Every name and value stays what it is; a letter that its sender has escaped is shown as that letter, unless
/// nobody could see it.
/// </summary>
internal static class JsonLines
{
    private const int Unicode = 6;

    /// <returns>Null when it is no JSON.</returns>
    public static string? Of(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
        }
        catch (JsonException)
        {
            return null;
        }

        var lines = new StringBuilder(text.Length * 2);
        var depth = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (letter == '"')
            {
                var end = EndOfString(text, index);
                Add(lines, text.AsSpan(index, end - index + 1));
                index = end;
            }
            else if (!char.IsWhiteSpace(letter))
            {
                depth = Add(lines, letter, depth);
            }
        }

        return lines.ToString();
    }

    private static void Add(StringBuilder lines, ReadOnlySpan<char> quoted)
    {
        for (var index = 0; index < quoted.Length; )
        {
            var (letter, length) = quoted[index] == '\\' ? Escaped(quoted[index..]) : (null, 1);
            lines.Append(letter ?? quoted.Slice(index, length).ToString());
            index += length;
        }
    }

    // A letter outside the first plane is escaped as two.
    private static (string? Letter, int Length) Escaped(ReadOnlySpan<char> text)
    {
        if (text[1] != 'u')
        {
            return (null, 2);
        }

        var first = Unit(text);
        var second = text.Length > Unicode && text[Unicode] == '\\' && text[Unicode + 1] == 'u' ? Unit(text[Unicode..]) : default;
        var letter =
            Rune.TryCreate(first, second, out var pair) ? pair
            : Rune.TryCreate(first, out var one) ? one
            : default;
        return (IsSeen(letter) ? letter.ToString() : null, letter.Utf16SequenceLength * Unicode);
    }

    private static char Unit(ReadOnlySpan<char> escape) =>
        (char)ushort.Parse(escape[2..Unicode], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static bool IsSeen(Rune letter) =>
        letter.Value is not ('"' or '\\')
        && Rune.GetUnicodeCategory(letter)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );

    private static int EndOfString(string text, int start)
    {
        var end = start + 1;
        while (text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        return end;
    }

    private static int Add(StringBuilder lines, char letter, int depth)
    {
        switch (letter)
        {
            case '{' or '[':
                lines.Append(letter);
                return NewLine(lines, depth + 1);
            case '}' or ']':
                return Close(lines, letter, depth - 1);
            case ',':
                lines.Append(letter);
                return NewLine(lines, depth);
            default:
                lines.Append(letter == ':' ? ": " : letter.ToString());
                return depth;
        }
    }

    // Nothing between the brackets stays on one line.
    private static int Close(StringBuilder lines, char letter, int depth)
    {
        var end = lines.ToString(Math.Max(0, lines.Length - Indent(depth + 1) - 2), Math.Min(lines.Length, Indent(depth + 1) + 2));
        if (end.Length > 1 && end[0] is '{' or '[' && string.IsNullOrWhiteSpace(end[1..]))
        {
            lines.Length -= end.Length - 1;
        }
        else
        {
            NewLine(lines, depth);
        }

        lines.Append(letter);
        return depth;
    }

    private static int NewLine(StringBuilder lines, int depth)
    {
        lines.Append('\n').Append(' ', Indent(depth));
        return depth;
    }

    private static int Indent(int depth) => depth * 2;
}
