using System.Buffers;
using System.Globalization;
using System.Text;

namespace SagaOrchestrator.Intake.Values;

/// <summary>
/// Keys are compared byte by byte: another case, or another composition of the same letter, is another key. What people cannot see in one
/// is refused.
/// </summary>
public static class Keys
{
    /// <summary>What keeps a text from being a key; null when nothing does.</summary>
    public static string? Objection(string text)
    {
        if (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])))
        {
            return "a string with a blank at its beginning or end";
        }

        for (var rest = text.AsSpan(); !rest.IsEmpty; )
        {
            // Whoever writes it as UTF-8 writes the same for every half: different keys would become one.
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done)
            {
                return "a string with half of a surrogate pair";
            }

            if (
                Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.OtherNotAssigned
                    or UnicodeCategory.PrivateUse
            )
            {
                return string.Create(CultureInfo.InvariantCulture, $"a string with the invisible character U+{rune.Value:X4}");
            }

            rest = rest[length..];
        }

        return null;
    }
}
