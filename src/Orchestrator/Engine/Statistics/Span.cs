namespace SagaOrchestrator.Engine.Statistics;

/// <summary>How long a period of statistics is.</summary>
internal enum Span
{
    Hour,
    Day,
}

/// <summary>Periods of the clock, UTC.</summary>
internal static class Spans
{
    /// <summary>When the period begins in which a time is.</summary>
    public static DateTimeOffset Begin(Span span, DateTimeOffset at)
    {
        var ticks = span == Span.Day ? TimeSpan.TicksPerDay : TimeSpan.TicksPerHour;
        return new DateTimeOffset(at.UtcTicks / ticks * ticks, TimeSpan.Zero);
    }

    /// <summary>The days that are within a range as a whole; both are the end of the range when there are none.</summary>
    public static (DateTimeOffset From, DateTimeOffset Before) WholeDays(DateTimeOffset from, DateTimeOffset before)
    {
        var begin = Begin(Span.Day, from);
        var first = begin < from ? begin.AddDays(1) : begin;
        var end = Begin(Span.Day, before);
        return first < end ? (first, end) : (before, before);
    }
}
