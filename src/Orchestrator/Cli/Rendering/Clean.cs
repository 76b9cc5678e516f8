using System.Globalization;
using System.Text;

namespace SagaOrchestrator.Cli.Rendering;

/// <summary>
/// Text that comes from elsewhere, made harmless for a terminal: what would move its cursor, colour it, ring it or turn its reading order
/// around is written out, for example <c>\u001b</c>.
/// </summary>
internal static class Clean
{
    /// <summary>In one line.</summary>
    public static string Line(string? text) => Written(text ?? string.Empty, keepsLines: false);

    /// <summary>With its line breaks and tabs.</summary>
    public static string Block(string text) => Written(text, keepsLines: true);

    private static string Written(string text, bool keepsLines)
    {
        if (text.All(letter => letter is >= ' ' and <= '~'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (keepsLines && rune.Value is '\n' or '\t' || !IsHarmful(rune))
            {
                clean.Append(rune.ToString());
            }
            else if (!(keepsLines && rune.Value == '\r'))
            {
                clean.Append(Name(rune));
            }
        }

        return clean.ToString();
    }

    // A joiner only ties letters or emoji together, and belongs to words of many languages.
    private static bool IsHarmful(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
            _ => false,
        };

    private static string Name(Rune rune) =>
        rune.Value switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < 0x10000 and var value => string.Create(CultureInfo.InvariantCulture, $"\\u{value:x4}"),
            var value => string.Create(CultureInfo.InvariantCulture, $"\\U{value:x8}"),
        };
}
