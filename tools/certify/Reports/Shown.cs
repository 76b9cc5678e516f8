using System.Globalization;
using System.Text;

namespace SagaOrchestrator.Certify.Reports;

/// <summary>Texts of others on a terminal, which takes some characters for commands.</summary>
internal static class Shown
{
    /// <summary>In one line, with a sign in place of each character that shows nothing but does something.</summary>
    public static string Clean(string text) =>
        text.EnumerateRunes()
            .Aggregate(new StringBuilder(), (clean, rune) => clean.Append(IsShown(rune) ? rune.ToString() : Sign(rune)))
            .ToString();

    private static bool IsShown(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );

    private static string Sign(Rune rune) => rune.Value is '\t' or '\n' or '\r' ? " " : "\uFFFD";
}
