using System.Globalization;

namespace SagaOrchestrator.Cli.Rendering;

/// <summary>Times as people say them.</summary>
internal static class Times
{
    private const int Minute = 60;
    private const int Hour = 3600;
    private const int Day = 86_400;

    /// <summary>How long: <c>4 min</c>.</summary>
    public static string Long(TimeSpan span) =>
        Math.Abs(span.TotalSeconds) switch
        {
            < 1 => "less than 1 s",
            < Minute and var seconds => Text(seconds, "s"),
            < Hour and var seconds => Text(seconds / Minute, "min"),
            < 2 * Day and var seconds => Text(seconds / Hour, "h"),
            var seconds => Text(seconds / Day, "d"),
        };

    /// <summary>When, exactly and from now: <c>2026-01-31 10:02:07Z, 4 min ago</c>.</summary>
    public static string Both(DateTimeOffset? at, DateTimeOffset now) =>
        at is { } time ? $"{Absolute(time)}, {Relative(time, now)}" : string.Empty;

    /// <summary>When, from now.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now) =>
        (now - at) switch
        {
            { TotalSeconds: > -1 and < 1 } => "now",
            { Ticks: > 0 } past => Long(past) + " ago",
            var coming => "in " + Long(coming),
        };

    public static string Absolute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Seconds of the API: <c>0.25 s</c>, <c>4 min</c>.</summary>
    public static string Seconds(double? seconds) =>
        seconds switch
        {
            null => string.Empty,
            < Minute => string.Create(CultureInfo.InvariantCulture, $"{seconds.Value:0.###} s"),
            _ => Long(TimeSpan.FromSeconds(seconds.Value)),
        };

    private static string Text(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number):0} {unit}");
}
