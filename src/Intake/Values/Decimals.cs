using System.Globalization;

namespace SagaOrchestrator.Intake.Values;

/// <summary>
/// The one written form of a decimal, in JSON as a number or as a string, in settings as text: an optional minus, digits, and at most one
/// point between digits. No exponent, no plus, no blanks, no thousands separator: a comma multiplied amounts by a hundred where it was
/// taken for one.
/// </summary>
public static class Decimals
{
    private const int MostDigits = 29;

    /// <summary>The form in words, for a refusal.</summary>
    public const string Form = "written with digits and at most one point, like 12.50";

    /// <summary>
    /// Reads it. False for any other form, and for more digits than a decimal holds exactly, which are 28 and sometimes 29.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0;
        var digits = 0;
        var point = -1;
        var first = text.Length > 0 && text[0] == '-' ? 1 : 0;
        for (var index = first; index < text.Length; index++)
        {
            if (char.IsAsciiDigit(text[index]))
            {
                digits++;
            }
            else if (text[index] == '.' && point < 0 && index > first && index < text.Length - 1)
            {
                point = index;
            }
            else
            {
                return false;
            }
        }

        return digits is > 0 and <= MostDigits
            && decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out value
            )
            && value.Scale == (point < 0 ? 0 : text.Length - point - 1);
    }

    /// <summary>Reads it from ASCII bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> ascii, out decimal value)
    {
        value = 0;
        // The digits, a minus and a point.
        Span<char> text = stackalloc char[MostDigits + 2];
        if (ascii.Length > text.Length)
        {
            return false;
        }

        for (var index = 0; index < ascii.Length; index++)
        {
            text[index] = (char)ascii[index];
        }

        return TryRead(text[..ascii.Length], out value);
    }

    /// <summary>How many decimals a value has, trailing zeros left out.</summary>
    public static int Of(decimal value)
    {
        var scale = value.Scale;
        while (scale > 0 && decimal.Round(value, scale - 1) == value)
        {
            scale--;
        }

        return scale;
    }
}
