using System.Text;
using System.Text.Unicode;
using SagaOrchestrator.Console.Words;

namespace SagaOrchestrator.Console.Api;

/// <summary>A message's body, as far as a page can show it.</summary>
/// <param name="Text">The body as text, JSON with line breaks; null when it is no text, or too much.</param>
/// <param name="Sentence">What it is.</param>
internal sealed record LetterBody(string? Text, string Sentence)
{
    /// <summary>Up to so many bytes a body is shown, and can be edited.</summary>
    public const int Most = 256 * 1024;

    private const int Beginning = 16;

    public static LetterBody Large(int size) => new(null, $"{Wording.Bytes(size)}: too much for a page. Download it.");

    public static LetterBody Of(byte[] bytes)
    {
        var size = Wording.Bytes(bytes.Length);
        if (bytes.Length == 0)
        {
            return new LetterBody(null, "It has no bytes.");
        }

        if (!Utf8.IsValid(bytes) || Encoding.UTF8.GetString(bytes) is var text && text.Any(IsNoText))
        {
            var begins = string.Join(' ', bytes.Take(Beginning).Select(one => one.ToString("X2", null)));
            return new LetterBody(null, $"{size} that are no text. Download them. They begin with {begins}.");
        }

        return JsonLines.Of(text) is { } json
            ? new LetterBody(json, $"JSON, {size}, shown with line breaks.")
            : new LetterBody(text, $"Text, {size}. It is no JSON.");
    }

    private static bool IsNoText(char letter) => char.IsControl(letter) && letter is not ('\t' or '\r' or '\n');
}
