namespace SagaOrchestrator.Engine.Search;

/// <summary>How many sagas have their next timer in an hour.</summary>
/// <param name="Hour">When it begins, UTC.</param>
/// <param name="Type">The plan's name.</param>
/// <param name="Timers">How many.</param>
public sealed record TimerCount(DateTimeOffset Hour, string Type, long Timers);
