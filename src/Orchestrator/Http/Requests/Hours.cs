namespace SagaOrchestrator.Http.Requests;

/// <summary>Hours of the clock, UTC, by which statistics are counted.</summary>
internal static class Hours
{
    /// <summary>The hour in which a time is.</summary>
    public static DateTimeOffset Of(DateTimeOffset at) => new(at.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
