using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SagaOrchestrator.Intake.Values;

/// <summary>What a text is made of.</summary>
internal static class Utf8Text
{
    /// <summary>How many characters (Unicode code points) valid UTF-8 has.</summary>
    public static int Count(ReadOnlySpan<byte> utf8)
    {
        if (Ascii.IsValid(utf8))
        {
            return utf8.Length;
        }

        var count = 0;
        foreach (var one in utf8)
        {
            count += (one & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    /// <summary>Where valid UTF-8 ends; -1 when all of it is valid.</summary>
    public static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return -1;
        }

        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var consumed) == OperationStatus.Done)
        {
            offset += consumed;
        }

        return offset;
    }

    /// <summary>
    /// Whether the text at which a reader stands is plain: printable ASCII, neither empty nor with a blank at an end. Most text is.
    /// </summary>
    public static bool IsPlain(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped
        && (reader.ValueSpan is [not (byte)' ', .., not (byte)' '] or [not (byte)' '])
        && reader.ValueSpan.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;

    /// <summary>Measures the text at which a reader stands.</summary>
    /// <param name="reader">At a string or a property's name, in valid UTF-8.</param>
    /// <param name="needsText">Whether the text itself is asked for.</param>
    public static TextFacts Measure(ref Utf8JsonReader reader, bool needsText)
    {
        if (!reader.ValueIsEscaped && !needsText)
        {
            // Valid JSON has no NUL and no surrogate that is not escaped.
            return new TextFacts(Count(reader.ValueSpan), null, null);
        }

        var buffer = ArrayPool<char>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            var text = buffer.AsSpan(0, reader.CopyString(buffer));
            return new TextFacts(Runes(text), text.Contains('\0') ? "a NUL character (U+0000)" : null, needsText ? text.ToString() : null);
        }
        catch (InvalidOperationException)
        {
            return new TextFacts(Count(reader.ValueSpan), "half of a surrogate pair", null);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static int Runes(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}

/// <summary>What was found about a text.</summary>
/// <param name="Characters">Its length in code points.</param>
/// <param name="Unstorable">What in it cannot be stored or shown; null when nothing is.</param>
/// <param name="Text">The text itself, where it was asked for.</param>
internal readonly record struct TextFacts(int Characters, string? Unstorable, string? Text);
