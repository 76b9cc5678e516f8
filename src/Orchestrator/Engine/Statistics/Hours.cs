namespace SagaOrchestrator.Engine.Statistics;

/// <summary>Hours of the clock, UTC.</summary>
internal static class Hours
{
    /// <summary>The hour in which a time is.</summary>
    public static DateTimeOffset Of(DateTimeOffset at) => Spans.Begin(Span.Hour, at);
}
