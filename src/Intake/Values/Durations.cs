using System.Globalization;

namespace SagaOrchestrator.Intake.Values;

/// <summary>
/// The written forms of a duration: a number with a unit (<c>500ms</c>, <c>30s</c>, <c>15m</c>, <c>36h</c>, <c>14d</c>), or
/// <c>hh:mm:ss</c> and <c>d.hh:mm:ss</c> that mean what they look like: minutes and seconds to 59, hours to 23 after days.
/// </summary>
/// <remarks>
/// A bare number is refused, because .NET reads <c>30</c> as thirty days; and .NET reads <c>24:00:00</c> as twenty-four days.
/// </remarks>
public static class Durations
{
    /// <summary>The forms in words, for a refusal.</summary>
    public const string Form = "a duration such as 500ms, 30s, 15m, 36h, 14d or 00:00:30";

    /// <summary>Reads one of the forms.</summary>
    public static bool TryRead(string text, out TimeSpan value) =>
        text.Contains(':', StringComparison.Ordinal) ? TryReadClock(text, out value) : TryReadUnit(text, out value);

    private static bool TryReadUnit(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var digits = text.TakeWhile(one => char.IsAsciiDigit(one) || one == '.').Count();
        long ticks = text[digits..] switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            "d" => TimeSpan.TicksPerDay,
            _ => 0,
        };
        if (ticks == 0 || !Decimals.TryRead(text.AsSpan(0, digits), out var number) || number > long.MaxValue / ticks)
        {
            return false;
        }

        value = TimeSpan.FromTicks((long)(number * ticks));
        return true;
    }

    private static bool TryReadClock(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var clock = text;
        var days = 0;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var hasDays = dot >= 0 && dot < text.IndexOf(':', StringComparison.Ordinal);
        if (hasDays)
        {
            clock = text[(dot + 1)..];
            if (!int.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out days))
            {
                return false;
            }
        }

        var parts = clock.Split(':');
        if (
            parts.Length != 3
            || !TryRead(parts[0], hasDays ? 23 : 999_999, out var hours)
            || !TryRead(parts[1], 59, out var minutes)
            || parts[2].Split('.')[0].Length != 2
            || !Decimals.TryRead(parts[2], out var seconds)
            || seconds is < 0 or >= 60
        )
        {
            return false;
        }

        var all = (((((decimal)days * 24) + hours) * 60 + minutes) * 60 + seconds) * TimeSpan.TicksPerSecond;
        if (all > TimeSpan.MaxValue.Ticks)
        {
            return false;
        }

        value = TimeSpan.FromTicks((long)all);
        return true;
    }

    private static bool TryRead(string part, int most, out int value) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out value) && part.Length >= 2 && value <= most;
}
