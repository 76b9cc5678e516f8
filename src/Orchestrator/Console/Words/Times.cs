using System.Globalization;

namespace SagaOrchestrator.Console.Words;

/// <summary>Times as people say them.</summary>
internal static class Times
{
    /// <summary>How long: <c>4 min</c>.</summary>
    public static string Long(TimeSpan span) =>
        Math.Abs(span.TotalSeconds) switch
        {
            < 1 => "less than 1 s",
            < 60 and var seconds => Text(seconds, "s"),
            < 3600 and var seconds => Text(seconds / 60, "min"),
            < 172_800 and var seconds => Text(seconds / 3600, "h"),
            var seconds => Text(seconds / 86_400, "d"),
        };

    /// <summary>When, from now: <c>4 min ago</c>, <c>in 12 s</c>.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now) =>
        (now - at) switch
        {
            { TotalSeconds: > -1 and < 1 } => "now",
            { Ticks: > 0 } past => Long(past) + " ago",
            var coming => "in " + Long(coming),
        };

    /// <summary>When, exactly.</summary>
    public static string Absolute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For programs.</summary>
    public static string Machine(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Text(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number):0} {unit}");
}
